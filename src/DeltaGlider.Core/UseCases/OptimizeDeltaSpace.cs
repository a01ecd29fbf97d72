using System.Collections.Concurrent;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Optimizing;
using DeltaGlider.Core.UseCases.Parts;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Measures how well a deltaspace's reference serves, and re-encodes its objects where another one serves better. At every
/// moment every object is readable, and whatever cuts it off, the next run goes on.
/// </summary>
public sealed partial class OptimizeDeltaSpace
{
    private const int Rounds = 10;
    private const int MostAtOnce = 4;
    private const long BytesAtOnce = 256L << 20;

    private readonly IObjectStore _store;
    private readonly SpaceInventory _inventory;
    private readonly ReferenceTrial _trial;
    private readonly ReferenceExchange _exchange;
    private readonly ReferenceKeeper _references;
    private readonly WholeMaker _whole;
    private readonly DeltaReplacer _delta;
    private readonly DeltaPolicy _policy;
    private readonly TransferGate _transfers;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    internal OptimizeDeltaSpace(
        IObjectStore store,
        SpaceInventory inventory,
        ReferenceTrial trial,
        ReferenceExchange exchange,
        ReferenceKeeper references,
        WholeMaker whole,
        DeltaReplacer delta,
        DeltaPolicy policy,
        TransferGate transfers,
        TimeProvider time,
        ILogger log)
    {
        _store = store;
        _inventory = inventory;
        _trial = trial;
        _exchange = exchange;
        _references = references;
        _whole = whole;
        _delta = delta;
        _policy = policy;
        _transfers = transfers;
        _time = time;
        _log = log;
    }

    /// <summary>Measures, and says what could be done. Changes nothing.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/>; <see cref="ErrorKind.ObjectNotFound"/>:
    /// nothing is there that a reference could serve; or what the store reports.</exception>
    public ValueTask<OptimizePlan> PlanAsync(OptimizeRequest request, IProgressSink? progress, CancellationToken cancellationToken) =>
        Operation.RunAsync("measure", request.Prefix, async operation =>
        {
            Check(request);
            var space = DeltaSpace.Of(request.Prefix);
            var contents = await _inventory.ReadAsync(space, cancellationToken).ConfigureAwait(false);
            if (contents.Bytes == 0) throw Fail.ObjectNotFound(request.Prefix);
            var maxRatio = request.MaxRatio ?? _policy.MaxRatio;
            var trial = await _trial.RunAsync(space, contents, request.SampleSize, maxRatio, progress, cancellationToken).ConfigureAwait(false);
            operation.Tell("objects", contents.Items.Length);
            return SpacePlanner.Plan(request, space, contents, trial, maxRatio);
        });

    /// <summary>Does what the plan says. A plan of nothing does nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="each">Hears of each step on each object, from any thread.</param>
    /// <param name="progress">Hears of bytes.</param>
    /// <param name="cancellationToken">Cancels: every object is readable, and the next run goes on.</param>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.Contended"/>: others are at work there;
    /// <see cref="ErrorKind.StoreRefused"/>: the store ignores conditions on writes; or what the store reports.</exception>
    public ValueTask<OptimizeResult> RunAsync(OptimizePlan plan, IProgress<OptimizedObject>? each, IProgressSink? progress, CancellationToken cancellationToken) =>
        Operation.RunAsync("optimize", plan.Request.Prefix, async operation =>
        {
            if (plan.Action == OptimizeAction.None) return new OptimizeResult(plan, false) { BytesAfter = plan.PresentBytes };
            if (!await _store.CreatesOnlyOnceAsync(plan.Space.Bucket, cancellationToken).ConfigureAwait(false)) throw Fail.NoConditions(plan.Space);
            var outcomes = new Outcomes(each, _log);
            var lease = await SpaceLease.TakeAsync(_store, plan.Space, _time, _log, cancellationToken).ConfigureAwait(false);
            await using var releasing = lease.ConfigureAwait(false);
            var result = await OptimizeAsync(plan, lease, outcomes, progress, cancellationToken).ConfigureAwait(false);
            operation.Tell("objects", outcomes.All.Count);
            operation.Tell("stored_size", result.BytesAfter);
            return result;
        });

    private async ValueTask<OptimizeResult> OptimizeAsync(OptimizePlan plan, SpaceLease lease, Outcomes outcomes, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var space = plan.Space;
        var replaced = plan.Action == OptimizeAction.ReplaceReference
            ? await ReplaceAsync(plan, lease, outcomes, progress, cancellationToken).ConfigureAwait(false)
            : null;
        using var held = replaced?.Held ?? await _references.FindAsync(space, space.ToString(), progress, cancellationToken).ConfigureAwait(false);
        if (held is not null)
        {
            var maxRatio = plan.Request.MaxRatio ?? _policy.MaxRatio;
            var contents = await _inventory.ReadAsync(space, cancellationToken).ConfigureAwait(false);
            await EachAsync(
                contents.Items.Where(item => item.IsWhole || item.Object.Superseded is not null),
                (logical, token) => _delta.MakeAsync(logical, held, maxRatio, lease, progress, token),
                outcomes,
                cancellationToken).ConfigureAwait(false);

            // Where it serves nobody after all, it is waste.
            if (contents.Items.Length > 0) await _references.RemoveIfUnusedAsync(held, cancellationToken).ConfigureAwait(false);
        }

        return new OptimizeResult(plan, replaced is not null)
        {
            BytesAfter = await _inventory.BytesAsync(space, cancellationToken).ConfigureAwait(false),
            ReEncoded = outcomes.All.Count(one => one.Outcome == OptimizeOutcome.MadeDelta),
            LeftWhole = [.. outcomes.All.Where(one => one.Outcome == OptimizeOutcome.LeftWhole).Select(one => one.Uri)],
            Unreadable = [.. outcomes.All.Where(one => one.Outcome == OptimizeOutcome.Unreadable).DistinctBy(one => one.Uri)],
            NewReference = replaced?.Source,
        };
    }

    /// <summary>Makes everything whole and exchanges the reference; null where it has to stay.</summary>
    private async ValueTask<(HeldReference Held, S3Uri Source)?> ReplaceAsync(
        OptimizePlan plan, SpaceLease lease, Outcomes outcomes, IProgressSink? progress, CancellationToken cancellationToken)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var contents = await _inventory.ReadAsync(plan.Space, cancellationToken).ConfigureAwait(false);
            if (IsDone(plan, contents)) return null;
            await EachAsync(
                contents.Items.Where(item => !item.IsWhole || item.Object.Superseded is not null),
                (logical, token) => _whole.MakeAsync(logical, lease, progress, token),
                outcomes,
                cancellationToken).ConfigureAwait(false);
            if (contents.Foreign.Length > 0 || outcomes.All.Any(one => one.Outcome == OptimizeOutcome.Unreadable)) return null;
            await lease.EnsureHeldAsync(cancellationToken).ConfigureAwait(false);
            if (await _exchange.TryAsync(plan, progress, cancellationToken).ConfigureAwait(false) is not { } exchanged) continue;
            ReferenceExchanged(plan.Space, exchanged.Source);
            return exchanged;
        }

        throw Fail.NeverStill(plan.Space.Reference);
    }

    // The plan may be older than another process's work.
    private static bool IsDone(OptimizePlan plan, SpaceContents contents) =>
        contents.Reference is { } present && MetadataReader.Read(present.Metadata).FileSha256 == plan.Candidates[0].Sha256;

    private async ValueTask EachAsync(
        IEnumerable<SpaceItem> items, Func<S3Uri, CancellationToken, ValueTask<OptimizedObject>> make, Outcomes outcomes, CancellationToken cancellationToken)
    {
        var all = items.ToArray();
        var largest = all.Length == 0 ? 1 : Math.Max(1, all.Max(item => item.Size));
        var lanes = new List<IDisposable>();
        try
        {
            while (lanes.Count + 1 < Math.Min(Math.Min(MostAtOnce, all.Length), BytesAtOnce / largest) && _transfers.TryEnter() is { } lane) lanes.Add(lane);
            await foreach (var outcome in OrderedParallel.SelectAsync(Sequence(all), lanes.Count + 1, (item, token) => make(item.Logical, token), cancellationToken).ConfigureAwait(false))
                outcomes.Add(outcome);
        }
        finally
        {
            foreach (var lane in lanes) lane.Dispose();
        }
    }

    private static async IAsyncEnumerable<SpaceItem> Sequence(SpaceItem[] items)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var item in items) yield return item;
    }

    private static void Check(OptimizeRequest request)
    {
        var prefix = request.Prefix.ToString();
        if (request.Prefix.Bucket.Length == 0 || !request.Prefix.IsFolderLike)
            throw Fail.InvalidArgument(prefix, $"{prefix} names no prefix.", "Write it as s3://bucket/prefix/, with the / at its end.");
        if (DeltaSpace.IsInternalKey(request.Prefix.Key)) throw Fail.ReservedKey(request.Prefix, ReservedKeys.WhyReserved(request.Prefix.Key)!);
        if (request.SampleSize < 2) throw Fail.InvalidArgument(prefix, $"The number of samples is {request.SampleSize}.", "Give 2 at least.");
        if (request.MinSaving is < 0 or > 1 or double.NaN) throw Fail.InvalidArgument(prefix, $"The least saving is {request.MinSaving}.", "Give a share from 0 to 1.");
        if (request.MaxRatio is < 0 or > 1 or double.NaN) throw Fail.InvalidArgument(prefix, $"The greatest ratio of a delta to its file is {request.MaxRatio}.", "Give a number from 0 to 1.");
    }

    [LoggerMessage(132, LogLevel.Information, "{Space}: {Uri} is its reference now.")]
    private partial void ReferenceExchanged(DeltaSpace space, S3Uri uri);

    /// <summary>What came of each step.</summary>
    private sealed partial class Outcomes(IProgress<OptimizedObject>? each, ILogger log)
    {
        public ConcurrentQueue<OptimizedObject> All { get; } = new();

        public void Add(OptimizedObject one)
        {
            All.Enqueue(one);
            each?.Report(one);
            if (one.Outcome == OptimizeOutcome.Unreadable) NotReadable(log, one.Uri, one.Problem);
            else ReEncoded(log, one.Uri, one.Outcome, one.StoredSize);
        }

        [LoggerMessage(133, LogLevel.Debug, "{Uri}: {Outcome}, it takes {Bytes} bytes.")]
        private static partial void ReEncoded(ILogger log, S3Uri uri, OptimizeOutcome outcome, long bytes);

        [LoggerMessage(134, LogLevel.Warning, "{Uri} cannot be read back, so its deltaspace keeps its reference: {Problem}")]
        private static partial void NotReadable(ILogger log, S3Uri uri, string problem);
    }
}
