using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// Whether the copy of a reference that a removal has left is needed still: it is while its deltaspace has deltas and not
/// the same reference in place (docs/design/reference-protocol.md).
/// </summary>
internal sealed class SpareNeed
{
    private readonly IObjectReader _store;
    private readonly ReferenceKeeper _references;

    public SpareNeed(IObjectReader store, ReferenceKeeper references)
    {
        _store = store;
        _references = references;
    }

    /// <summary>
    /// The deltaspaces that spares belong to. A spare's name is a hash of its deltaspace's prefix, so the whole bucket is
    /// gone through; nothing is held of it but what was found.
    /// </summary>
    public async ValueTask<Dictionary<S3Uri, DeltaSpace>> OwnersAsync(string bucket, IReadOnlySet<S3Uri> spares, CancellationToken cancellationToken)
    {
        var owners = new Dictionary<S3Uri, DeltaSpace>();
        DeltaSpace? last = null;
        await foreach (var page in _store.ListAsync(new ListRequest(bucket, ""), cancellationToken).ConfigureAwait(false))
        {
            foreach (var listed in page.Objects.Where(listed => !DeltaSpace.IsInternalKey(listed.Key)))
            {
                var space = DeltaSpace.Of(new S3Uri(bucket, listed.Key));
                if (space == last) continue;
                last = space;
                var spare = SpareReference.Of(space);
                if (spares.Contains(spare)) owners[spare] = space;
            }
        }

        return owners;
    }

    /// <summary>True when the spare must stay.</summary>
    public async ValueTask<bool> IsNeededAsync(S3Uri spare, DeltaSpace space, CancellationToken cancellationToken)
    {
        if (!await _references.AnyDeltaAsync(space, cancellationToken).ConfigureAwait(false)) return false;
        if (await _store.FindAsync(space.Reference, cancellationToken).ConfigureAwait(false) is null) return true;

        // Their bytes, whatever their metadata says: it is what deltas would be restored with.
        var (_, inPlace) = await StoredBytes.HashAsync(_store, space.Reference, cancellationToken).ConfigureAwait(false);
        var (_, kept) = await StoredBytes.HashAsync(_store, spare, cancellationToken).ConfigureAwait(false);
        return inPlace != kept;
    }
}
