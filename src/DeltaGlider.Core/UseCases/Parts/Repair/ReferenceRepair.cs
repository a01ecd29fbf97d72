using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;

namespace DeltaGlider.Core.UseCases.Parts.Repair;

/// <summary>Finds what a reference needs: metadata that its deltas prove, or its own bytes where a good copy is at hand.</summary>
internal sealed class ReferenceRepair
{
    private readonly IObjectReader _store;
    private readonly VariantLocator _locator;
    private readonly ReferenceKeeper _references;
    private readonly ReferenceLoader _loader;
    private readonly MetadataWriter _metadata;
    private readonly TimeProvider _time;

    public ReferenceRepair(IObjectReader store, VariantLocator locator, ReferenceKeeper references, ReferenceLoader loader, MetadataWriter metadata, TimeProvider time)
    {
        _store = store;
        _locator = locator;
        _references = references;
        _loader = loader;
        _metadata = metadata;
        _time = time;
    }

    /// <summary>
    /// Metadata for a reference whose bytes have the SHA-256 <paramref name="actual"/>: proven by a delta that records just
    /// that one as its reference's.
    /// </summary>
    public async ValueTask<RepairPlan?> PlanMetadataAsync(S3Uri reference, Sha256Digest actual, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(reference, cancellationToken).ConfigureAwait(false) is not { } stored) return null;
        if (MetadataReader.Read(stored.Metadata).FileSha256 == actual) return null;
        if (await WitnessAsync(reference, actual, cancellationToken).ConfigureAwait(false) is not { } witness) return null;
        try
        {
            using var lease = await _loader.AcquireFromBucketAsync(reference, actual, (_, _) => { }, cancellationToken).ConfigureAwait(false);
            var digest = await ContentHasher.HashAsync(new ReferenceContent(lease.Reference), null, cancellationToken).ConfigureAwait(false);
            return new RepairPlan(reference, RepairKind.RewriteMetadata, $"write the metadata of {reference} anew: it has the SHA-256 {actual} that {witness.Logical} records of its reference")
            {
                Target = reference,
                Replaced = stored,
                ReferenceSha256 = actual,
                Metadata = _metadata.ForReference(reference, SourceOf(witness, actual, reference), digest, MetadataReader.Read(stored.Metadata).CreatedAt ?? stored.LastModified),
            };
        }
        catch (DeltaGliderException e) when (e.Kind is ErrorKind.ReferenceMissing or ErrorKind.ReferenceMismatch)
        {
            return null;
        }
    }

    /// <summary>
    /// The return of a reference that a delta needs and that is gone: from the copy that is kept while a reference is
    /// removed, or from what is cached here. Its SHA-256 is that which the delta records.
    /// </summary>
    public async ValueTask<RepairPlan?> PlanReturnAsync(S3Uri logical, CancellationToken cancellationToken)
    {
        if (await _locator.FindAsync(logical, cancellationToken).ConfigureAwait(false) is not { Kind: StorageKind.Delta, Metadata.ReferenceSha256: { } sha256 } delta) return null;
        var space = DeltaSpace.Of(logical);
        if (await _store.FindAsync(space.Reference, cancellationToken).ConfigureAwait(false) is { } present)
        {
            return MetadataReader.Read(present.Metadata).FileSha256 == sha256
                ? new RepairPlan(logical, RepairKind.Nothing, $"look at {logical} again: its reference has come back")
                : null;
        }

        try
        {
            using var lease = await _loader.AcquireAsync(SpareReference.Of(space), sha256, logical.ToString(), null, cancellationToken).ConfigureAwait(false);
            var digest = await ContentHasher.HashAsync(new ReferenceContent(lease.Reference), null, cancellationToken).ConfigureAwait(false);
            return new RepairPlan(logical, RepairKind.RestoreReference, $"put the reference {space.Reference} back: a copy of it with the SHA-256 that {logical} records is at hand")
            {
                Target = space.Reference,
                ReferenceSha256 = sha256,
                Metadata = _metadata.ForReference(space.Reference, SourceOf(delta, sha256, space.Reference), digest, _time.GetUtcNow()),
            };
        }
        catch (DeltaGliderException e) when (e.Kind is ErrorKind.ReferenceMissing or ErrorKind.ReferenceMismatch or ErrorKind.AccessDenied)
        {
            return null;
        }
    }

    private async ValueTask<ResolvedObject?> WitnessAsync(S3Uri reference, Sha256Digest sha256, CancellationToken cancellationToken)
    {
        await foreach (var key in _references.DeltasAsync(DeltaSpace.Of(reference), cancellationToken).ConfigureAwait(false))
        {
            var logical = reference.WithKey(DeltaSpace.LogicalKeyOf(key));
            var delta = VariantLocator.Interpret(logical, await _store.FindAsync(reference.WithKey(key), cancellationToken).ConfigureAwait(false));
            if (delta is { Kind: StorageKind.Delta } && delta.Metadata.ReferenceSha256 == sha256) return delta;
        }

        return null;
    }

    // Which file the reference was made of is known only where that file's own delta is at hand.
    private static S3Uri SourceOf(ResolvedObject delta, Sha256Digest sha256, S3Uri reference) =>
        delta.Metadata.FileSha256 == sha256 ? delta.Logical : reference;
}
