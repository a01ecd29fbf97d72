using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Parts.Stats;

/// <summary>
/// One way through a listing that adds it all up. In memory are the deltaspaces that the present key lies below, and as
/// many looks at metadata as are under way.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore nobody has asked for its handle holds nothing to free.")]
internal sealed class StatsPass
{
    // Of each deltaspace: the first few, then the 8th, 16th, 32nd…
    private const int FirstSampled = 4;

    // Objects that need no look wait in the queue too, for the order's sake: so it is longer than there are looks.
    private const int StepsPerLook = 8;

    private readonly IObjectReader _store;
    private readonly int _looksAtOnce;
    private readonly SemaphoreSlim _looks;
    private readonly BucketStatsRequest _request;
    private readonly DayTally? _days;
    private ListingMark _listed;

    /// <param name="store">Where the objects lie.</param>
    /// <param name="looksAtOnce">How many requests for metadata are under way at once.</param>
    /// <param name="request">What is asked for.</param>
    public StatsPass(IObjectReader store, int looksAtOnce, BucketStatsRequest request)
    {
        _store = store;
        _looksAtOnce = looksAtOnce;
        _looks = new SemaphoreSlim(looksAtOnce, looksAtOnce);
        _request = request;
        _days = request.WithDays ? new DayTally() : null;
    }

    /// <summary>Adds it up.</summary>
    public async ValueTask<BucketStatistics> RunAsync(
        Func<DeltaSpaceStatistics, CancellationToken, ValueTask>? onSpace, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var walk = new SpaceWalk<SpaceTally>(_store, space => new SpaceTally(space, space.Prefix.Length < _request.Prefix.Key.Length, _request.WithDays));
        var total = StorageFigures.None;
        var seen = OrderedParallel.SelectAsync(walk.StepsAsync(_request.Prefix, Count, cancellationToken), StepsPerLook * _looksAtOnce, LookAsync, cancellationToken);
        await foreach (var look in seen.ConfigureAwait(false))
        {
            look.AddTo(look.Step.Space);
            if (!look.Step.IsEnd) continue;
            var space = look.Step.Space.Finish(_days);
            total = total.Plus(space.Figures);
            if (onSpace is not null) await onSpace(space, cancellationToken).ConfigureAwait(false);
        }

        return new BucketStatistics(_request.Prefix, _request.Mode, total, now, IsFromCache: false)
        {
            Mark = _request.Prefix.Key.Length == 0 ? _listed : null,
            Days = _days?.ToDays() ?? [],
        };
    }

    private void Count(ListedObject listed)
    {
        if (!DeltaSpace.IsInternalKey(listed.Key)) _listed = _listed.Plus(listed.Size);
    }

    // Called in the order of the listing, one step after the other, up to where it first waits.
    private ValueTask<SpaceLook> LookAsync(SpaceStep<SpaceTally> step, CancellationToken cancellationToken)
    {
        if (step.Candidate is not { } candidate) return ValueTask.FromResult(new SpaceLook(step));
        var isAsked = candidate.Delta is null
            ? _request.Mode == StatsMode.Detailed
            : _request.Mode != StatsMode.Sampled || candidate.Direct is not null || IsSampled(++step.Space.DeltasListed);
        return isAsked ? AskAsync(step, candidate, cancellationToken) : ValueTask.FromResult(new SpaceLook(step));
    }

    private async ValueTask<SpaceLook> AskAsync(SpaceStep<SpaceTally> step, ListCandidate candidate, CancellationToken cancellationToken)
    {
        await _looks.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var delta = await FindAsync(candidate.Uri, candidate.Delta, cancellationToken).ConfigureAwait(false);
            var direct = await FindAsync(candidate.Uri, candidate.Direct, cancellationToken).ConfigureAwait(false);
            return new SpaceLook(step) { IsAsked = true, Delta = delta, Direct = direct };
        }
        finally
        {
            _looks.Release();
        }
    }

    private async ValueTask<ResolvedObject?> FindAsync(S3Uri logical, ListedObject? listed, CancellationToken cancellationToken) => listed is null
        ? null
        : VariantLocator.Interpret(logical, await _store.FindAsync(logical.WithKey(listed.Key), cancellationToken).ConfigureAwait(false));

    private static bool IsSampled(long number) => number <= FirstSampled || BitOperations.IsPow2(number);
}
