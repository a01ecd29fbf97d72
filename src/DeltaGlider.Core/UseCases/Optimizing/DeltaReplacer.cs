using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>Makes a delta of what is stored whole, where the reference serves it.</summary>
internal sealed class DeltaReplacer(
    IObjectRemover store,
    ObjectRewriting rewriting,
    OriginalReader originals,
    VariantSettling settling,
    ReferenceKeeper references,
    SpaceInventory inventory,
    MetadataWriter metadata)
{
    /// <summary>Makes an object a delta of the reference, and removes what was stored whole.</summary>
    /// <exception cref="DeltaGliderException">As <see cref="ObjectRewriting.RunAsync"/>, and <see cref="ErrorKind.Contended"/>
    /// where the reference is another's now.</exception>
    public ValueTask<OptimizedObject> MakeAsync(
        S3Uri logical, HeldReference held, double maxRatio, SpaceLease lease, IProgressSink? progress, CancellationToken cancellationToken) =>
        rewriting.RunAsync(
            logical,
            async (found, isFurther) =>
            {
                if (found.Superseded is { } other) await SettleAsync(found, other, held, lease, cancellationToken).ConfigureAwait(false);
                else if (found.Kind == StorageKind.Delta) return isFurther ? OptimizeOutcome.MadeDelta : OptimizeOutcome.Unchanged;
                else if (!inventory.MayBecomeDelta(found)) return OptimizeOutcome.Overtaken;
                else if (!await TryWriteAsync(found, held, maxRatio, lease, progress, cancellationToken).ConfigureAwait(false)) return OptimizeOutcome.LeftWhole;
                return null;
            },
            cancellationToken);

    // Of two variants of one version the delta stays if it is of this reference.
    private async ValueTask SettleAsync(ResolvedObject found, StoredObject other, HeldReference held, SpaceLease lease, CancellationToken cancellationToken)
    {
        if (!ObjectVersion.IsSame(found.Stored, other))
        {
            await settling.RemoveOlderAsync(found, other, cancellationToken).ConfigureAwait(false);
            return;
        }

        var (whole, delta) = found.Kind == StorageKind.Direct ? (found.Stored, other) : (other, found.Stored);
        var isOfThisReference = MetadataReader.Read(delta.Metadata).ReferenceSha256 == held.Sha256;
        if (isOfThisReference) await EnsureInPlaceAsync(held, cancellationToken).ConfigureAwait(false);
        await settling.SettleAsync(found.Logical, isOfThisReference ? delta : whole, null, lease, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>False when it is not worth it; true also when another has changed the object meanwhile.</summary>
    private async ValueTask<bool> TryWriteAsync(
        ResolvedObject whole, HeldReference held, double maxRatio, SpaceLease lease, IProgressSink? progress, CancellationToken cancellationToken)
    {
        using var original = await originals.ReadAsync(whole, progress, cancellationToken).ConfigureAwait(false);
        if (original.Source.Kind != StorageKind.Direct) return true;
        var (logical, file) = (whole.Logical, original.File);
        using var delta = new DeltaBuffer(DeltaWriter.LimitOf(file.Digest, held.Sha256, maxRatio));
        if (await DeltaWriter.EncodeAsync(held, file, DeltaFormat.Vcdiff, delta, progress, cancellationToken).ConfigureAwait(false) is null) return false;
        await DeltaWriter.ProveAsync(logical, held, file, delta, isDeep: false, progress, cancellationToken).ConfigureAwait(false);
        await EnsureInPlaceAsync(held, cancellationToken).ConfigureAwait(false);
        var request = new PutRequest(
            DeltaSpace.DeltaOf(logical), delta, metadata.ForDelta(logical, file.Digest, held.Sha256, delta.Length, original.CreatedAt, file.Facts))
        {
            Condition = PutCondition.IfAbsent,
            StorageClass = original.Source.Stored.StorageClass,
        };
        if (await settling.TryCreateAsync(request, progress, cancellationToken).ConfigureAwait(false) is not { } stored) return true;
        try
        {
            await EnsureInPlaceAsync(held, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.Contended)
        {
            // The whole file is still there; a delta that nobody can read has no place beside it.
            await store.DeleteAsync(stored.Uri, stored.ETag, cancellationToken).ConfigureAwait(false);
            throw;
        }

        await settling.SettleAsync(logical, stored, original.Whole, lease, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask EnsureInPlaceAsync(HeldReference held, CancellationToken cancellationToken)
    {
        if (!await references.IsStillInPlaceAsync(held, cancellationToken).ConfigureAwait(false)) throw Fail.NeverStill(held.Stored.Uri);
    }
}
