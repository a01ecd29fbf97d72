using System.Runtime.CompilerServices;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// Goes through a listing deltaspace by deltaspace. A deltaspace's keys do not stand together, for those of deeper ones
/// come in between; but once the listing has left its prefix it is complete. So only those are held that the present
/// key lies below: as many as it has segments.
/// </summary>
/// <typeparam name="TSpace">What the caller holds of a deltaspace.</typeparam>
internal sealed class SpaceWalk<TSpace>
    where TSpace : class
{
    private readonly IObjectReader _store;
    private readonly Func<DeltaSpace, TSpace> _open;
    private readonly List<(DeltaSpace Key, TSpace Space)> _path = [];
    private readonly ShadowMerger _shadows = new();

    /// <param name="store">Where the objects lie.</param>
    /// <param name="open">Begins a deltaspace.</param>
    public SpaceWalk(IObjectReader store, Func<DeltaSpace, TSpace> open)
    {
        _store = store;
        _open = open;
    }

    /// <summary>
    /// Every object below a prefix, each with its deltaspace, and the end of each deltaspace after its last object. The
    /// tool's own objects are passed by.
    /// </summary>
    public async IAsyncEnumerable<SpaceStep<TSpace>> StepsAsync(S3Uri prefix, Action<ListedObject>? onListed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListRequest(prefix.Bucket, prefix.Key);
        await foreach (var page in _store.ListAsync(request, cancellationToken).ConfigureAwait(false))
        {
            foreach (var listed in page.Objects)
            {
                onListed?.Invoke(listed);
                if (DeltaSpace.IsInternalKey(listed.Key)) continue;
                foreach (var step in Take(new S3Uri(prefix.Bucket, listed.Key), listed)) yield return step;
            }
        }

        foreach (var candidate in _shadows.Rest(prefix.Bucket)) yield return Step(candidate);
        for (var i = _path.Count - 1; i >= 0; i--) yield return new SpaceStep<TSpace>(_path[i].Space) { IsEnd = true };
    }

    private List<SpaceStep<TSpace>> Take(S3Uri uri, ListedObject listed)
    {
        var steps = new List<SpaceStep<TSpace>>();
        var isReference = DeltaSpace.IsReferenceKey(uri.Key);
        ListCandidate? own = null;
        // What has waited for its delta comes first: its deltaspace may end with this key.
        foreach (var candidate in isReference ? _shadows.Pass(uri.Bucket, uri.Key) : _shadows.Add(uri.Bucket, listed))
        {
            if (ReferenceEquals(candidate.Delta, listed)) own = candidate;
            else steps.Add(Step(candidate));
        }

        Leave(uri.Key, steps);
        var space = Enter(DeltaSpace.Of(uri));
        if (own is not null) steps.Add(Step(own));
        else if (isReference) steps.Add(new SpaceStep<TSpace>(space) { Reference = listed });
        return steps;
    }

    private void Leave(string key, List<SpaceStep<TSpace>> steps)
    {
        while (_path.Count > 0 && !key.StartsWith(_path[^1].Key.Prefix, StringComparison.Ordinal))
        {
            steps.Add(new SpaceStep<TSpace>(_path[^1].Space) { IsEnd = true });
            _path.RemoveAt(_path.Count - 1);
        }
    }

    // Nested always: an object of a deltaspace is never listed amid those of a deeper one.
    private TSpace Enter(DeltaSpace key)
    {
        if (_path.Count > 0 && _path[^1].Key == key) return _path[^1].Space;
        var space = _open(key);
        _path.Add((key, space));
        return space;
    }

    private SpaceStep<TSpace> Step(ListCandidate candidate)
    {
        var key = DeltaSpace.Of(candidate.Uri);
        return new SpaceStep<TSpace>(_path.FindLast(open => open.Key == key).Space) { Candidate = candidate };
    }
}
