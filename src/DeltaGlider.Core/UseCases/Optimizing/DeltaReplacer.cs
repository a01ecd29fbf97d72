using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>Makes a delta of what is stored whole, where the reference serves it.</summary>
internal sealed class DeltaReplacer
{
    private const int Attempts = 8;

    private readonly IObjectStore _store;
    private readonly VariantLocator _locator;
    private readonly OriginalReader _originals;
    private readonly VariantSettling _settling;
    private readonly ReferenceKeeper _references;
    private readonly SpaceInventory _inventory;
    private readonly MetadataWriter _metadata;

    public DeltaReplacer(
        IObjectStore store, VariantLocator locator, OriginalReader originals, VariantSettling settling, ReferenceKeeper references, SpaceInventory inventory, MetadataWriter metadata)
    {
        _store = store;
        _locator = locator;
        _originals = originals;
        _settling = settling;
        _references = references;
        _inventory = inventory;
        _metadata = metadata;
    }

    /// <summary>Makes an object a delta of the reference, and removes what was stored whole.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.Contended"/>, or what the store reports. An object that
    /// cannot be read back is an outcome.</exception>
    public async ValueTask<OptimizedObject> MakeAsync(
        S3Uri logical, HeldReference held, double maxRatio, SpaceLease lease, IProgressSink? progress, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await _locator.FindAsync(logical, cancellationToken).ConfigureAwait(false) is not { } found) return new OptimizedObject(logical, OptimizeOutcome.Overtaken, null, 0);
            if (found is { Kind: StorageKind.Delta, Superseded: null })
                return new OptimizedObject(logical, attempt == 1 ? OptimizeOutcome.Unchanged : OptimizeOutcome.MadeDelta, found.Kind, found.Stored.Size);
            if (found.Superseded is null && !_inventory.MayBecomeDelta(found)) return new OptimizedObject(logical, OptimizeOutcome.Overtaken, found.Kind, found.Stored.Size);
            try
            {
                if (found.Superseded is { } other)
                    await SettleAsync(found, other, held, lease, cancellationToken).ConfigureAwait(false);
                else if (!await TryWriteAsync(found, held, maxRatio, lease, progress, cancellationToken).ConfigureAwait(false))
                    return new OptimizedObject(logical, OptimizeOutcome.LeftWhole, found.Kind, found.Stored.Size);
            }
            catch (DeltaGliderException e) when (e.IsFaultOfTheObject)
            {
                return new OptimizedObject(logical, OptimizeOutcome.Unreadable, found.Kind, found.Stored.Size) { Problem = e.Message };
            }
            catch (DeltaGliderException e) when (e.Kind == ErrorKind.ObjectNotFound && attempt < Attempts)
            {
                // Removed, or changed, since it was looked up: the next look shows.
            }
        }

        throw Fail.NeverStill(logical);
    }

    // Of two variants of one version the delta stays if it is of this reference.
    private async ValueTask SettleAsync(ResolvedObject found, StoredObject other, HeldReference held, SpaceLease lease, CancellationToken cancellationToken)
    {
        if (!ObjectVersion.IsSame(found.Stored, other))
        {
            await _settling.RemoveOlderAsync(found, other, cancellationToken).ConfigureAwait(false);
            return;
        }

        var (whole, delta) = found.Kind == StorageKind.Direct ? (found.Stored, other) : (other, found.Stored);
        var isOfThisReference = MetadataReader.Read(delta.Metadata).ReferenceSha256 == held.Sha256;
        if (isOfThisReference) await EnsureInPlaceAsync(held, cancellationToken).ConfigureAwait(false);
        await _settling.SettleAsync(found.Logical, isOfThisReference ? delta : whole, null, lease, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>False when it is not worth it; true also when another has changed the object meanwhile.</summary>
    private async ValueTask<bool> TryWriteAsync(
        ResolvedObject whole, HeldReference held, double maxRatio, SpaceLease lease, IProgressSink? progress, CancellationToken cancellationToken)
    {
        using var original = await _originals.ReadAsync(whole, progress, cancellationToken).ConfigureAwait(false);
        if (original.Source.Kind != StorageKind.Direct) return true;
        var (logical, file) = (whole.Logical, original.File);
        using var delta = new DeltaBuffer(DeltaWriter.LimitOf(file.Digest, held.Sha256, maxRatio));
        if (!await DeltaWriter.EncodeAsync(held, file, delta, progress, cancellationToken).ConfigureAwait(false)) return false;
        await DeltaWriter.ProveAsync(logical, held, file, delta, progress, cancellationToken).ConfigureAwait(false);
        await EnsureInPlaceAsync(held, cancellationToken).ConfigureAwait(false);
        var metadata = _metadata.ForDelta(logical, file.Digest, held.Sha256, delta.Length, original.CreatedAt, file.Facts);
        var request = new PutRequest(DeltaSpace.DeltaOf(logical), delta, metadata) { Condition = PutCondition.IfAbsent, StorageClass = original.Source.Stored.StorageClass };
        StoredObject stored;
        try
        {
            stored = await _store.PutAsync(request, UploadProgress.For(progress, logical, delta.Length), cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.AlreadyExists)
        {
            return true; // another writer stored a delta
        }

        if (!await _references.IsStillInPlaceAsync(held, cancellationToken).ConfigureAwait(false))
        {
            // The whole file is still there; a delta that nobody can read has no place beside it.
            await _store.DeleteAsync(stored.Uri, stored.ETag, cancellationToken).ConfigureAwait(false);
            throw Fail.NeverStill(held.Stored.Uri);
        }

        await _settling.SettleAsync(logical, stored, original.Whole, lease, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask EnsureInPlaceAsync(HeldReference held, CancellationToken cancellationToken)
    {
        if (!await _references.IsStillInPlaceAsync(held, cancellationToken).ConfigureAwait(false)) throw Fail.NeverStill(held.Stored.Uri);
    }
}
