using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>Brings a version with two variants down to one of them, whatever others do with the object meanwhile.</summary>
internal sealed class VariantSettling(IObjectStore store, VariantLocator locator, ObjectRestorer restorer)
{
    private const int Attempts = 5;

    /// <summary>Writes an object where none is; null where another writer was first.</summary>
    public async ValueTask<StoredObject?> TryCreateAsync(PutRequest request, IProgressSink? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await store.PutAsync(request, UploadProgress.For(progress, request.Target, request.Content.Length), cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.AlreadyExists)
        {
            return null;
        }
    }

    /// <summary>
    /// Removes what an overwrite that was cut off has left: the older version, unless the newer one is a delta that cannot be
    /// read, and so was never reported.
    /// </summary>
    /// <param name="found">The newer version.</param>
    /// <param name="older">The other one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True where it went.</returns>
    public async ValueTask<bool> RemoveOlderAsync(ResolvedObject found, StoredObject older, CancellationToken cancellationToken)
    {
        var restored = await restorer.RestoreAsync(found, Stream.Null, null, cancellationToken).ConfigureAwait(false);
        if (restored.IsMismatch) throw Fail.ChecksumMismatch(found.Logical, restored.Expected!, restored.Actual);
        var going = restored.Source.Stored.Uri == older.Uri ? found.Stored : older;
        return await store.DeleteAsync(going.Uri, going.ETag, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes the variant that <paramref name="kept"/> was made of. Where a remover took that one, the kept one goes too;
    /// where a newer version has come, the kept one gives way.
    /// </summary>
    /// <param name="logical">The object.</param>
    /// <param name="kept">The variant that was just written.</param>
    /// <param name="whole">The file, to be stored whole should it turn out that the delete has hit more than was meant: bytes
    /// that another writer has stored again have the same ETag. Null where it is not at hand.</param>
    /// <param name="lease">The right to do this.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the object is another version's now, or nobody's.</returns>
    public async ValueTask<bool> SettleAsync(S3Uri logical, StoredObject kept, PutRequest? whole, SpaceLease lease, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            await lease.EnsureHeldAsync(cancellationToken).ConfigureAwait(false);
            if (await locator.FindAsync(logical, cancellationToken).ConfigureAwait(false) is not { } found) return false;
            if (found.Superseded is { } other && ObjectVersion.IsSame(found.Stored, other))
            {
                var going = found.Stored.Uri == kept.Uri ? other : found.Stored;
                if (!await store.DeleteAsync(going.Uri, going.ETag, cancellationToken).ConfigureAwait(false)) continue;
                await RescueAsync(logical, whole, cancellationToken).ConfigureAwait(false);
                return true;
            }
            else
            {
                // Nobody but a remover takes the other variant of ours: another optimizer has no lease. A second look, because
                // the two keys of the first one may have been seen before and after somebody's overwriting.
                if (OursIn(found, kept) is not null && OursIn(await locator.FindAsync(logical, cancellationToken).ConfigureAwait(false), kept) is { } ours)
                    await store.DeleteAsync(ours.Uri, ours.ETag, cancellationToken).ConfigureAwait(false);
                return false;
            }
        }

        return false;
    }

    private static StoredObject? OursIn(ResolvedObject? found, StoredObject kept)
    {
        var ours = found?.Stored.Uri == kept.Uri ? found.Stored : found?.Superseded;
        return ours?.Uri == kept.Uri && ObjectVersion.IsSame(ours, kept) ? ours : null;
    }

    // A removal does the same. It looks more than once while the lease is there, and takes this along.
    private async ValueTask RescueAsync(S3Uri logical, PutRequest? whole, CancellationToken cancellationToken)
    {
        if (whole is not null && await locator.FindAsync(logical, cancellationToken).ConfigureAwait(false) is null)
            await TryCreateAsync(whole, null, cancellationToken).ConfigureAwait(false);
    }
}
