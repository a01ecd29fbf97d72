using System.Runtime.CompilerServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Clears a bucket of what has been left in it: files restored for links that have expired, copies of references that
/// nothing needs, uploads that nobody goes on with. What somebody may still need stays.
/// </summary>
public sealed class PurgeBucket
{
    // A link may be good for so long, and a temporary without an expiry may belong to one.
    private static readonly TimeSpan LongestLink = TimeSpan.FromDays(7);

    private readonly IObjectStore _store;
    private readonly IPendingUploads _uploads;
    private readonly SpareNeed _need;
    private readonly TransferGate _transfers;
    private readonly TimeProvider _time;

    internal PurgeBucket(IObjectStore store, IPendingUploads uploads, SpareNeed need, TransferGate transfers, TimeProvider time)
    {
        _store = store;
        _uploads = uploads;
        _need = need;
        _transfers = transfers;
        _time = time;
    }

    /// <summary>What can go. Changes nothing.</summary>
    /// <exception cref="DeltaGliderException">What the store reports.</exception>
    public async IAsyncEnumerable<Leftover> PlanAsync(PurgeRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.OlderThan < TimeSpan.Zero) throw Fail.InvalidArgument(request.Bucket, "An age is not negative.");
        var now = _time.GetUtcNow();
        var spares = new Dictionary<S3Uri, StoredObject>();
        var looked = OrderedParallel.SelectAsync(TemporariesAsync(request.Bucket, cancellationToken), _transfers.Limit, _store.FindAsync, cancellationToken);
        await foreach (var stored in looked.ConfigureAwait(false))
        {
            if (stored is null) continue;
            var expires = MetadataReader.Read(stored.Metadata).ExpiresAt;
            if (expires is null && TemporaryKeys.MayBeSpare(stored.Uri.Key))
            {
                if (now - stored.LastModified > ReferenceKeeper.Abandoned) spares[stored.Uri] = stored;
            }
            else if (expires is { } time ? time <= now : now - stored.LastModified > Longer(request.OlderThan, LongestLink))
            {
                yield return Describe(stored, LeftoverKind.Temporary) with { ExpiredAt = expires };
            }
        }

        await foreach (var spare in UnneededAsync(request.Bucket, spares, cancellationToken).ConfigureAwait(false)) yield return spare;
        await foreach (var upload in _uploads.ListUploadsAsync(request.Bucket, cancellationToken).ConfigureAwait(false))
        {
            if (now - upload.BegunAt >= request.OlderThan) yield return new Leftover(upload.Uri, LeftoverKind.Upload, upload.Size, upload.BegunAt) { Upload = upload };
        }
    }

    /// <summary>Removes it.</summary>
    /// <returns>False when it stays: somebody has changed it, has come to need it, or goes on with it.</returns>
    /// <exception cref="DeltaGliderException">What the store reports.</exception>
    public ValueTask<bool> RunAsync(Leftover leftover, CancellationToken cancellationToken) =>
        Operation.RunAsync("purge", leftover.Uri, async operation =>
        {
            if (leftover.Upload is { } upload) return await _uploads.AbortUploadAsync(upload, cancellationToken).ConfigureAwait(false);
            operation.Tell("stored_size", leftover.Size ?? 0);

            // Perhaps long after the listing.
            if (leftover.Space is { } space && await _need.IsNeededAsync(leftover.Uri, space, cancellationToken).ConfigureAwait(false)) return false;
            return await _store.DeleteAsync(leftover.Uri, leftover.ETag, cancellationToken).ConfigureAwait(false);
        });

    private async IAsyncEnumerable<S3Uri> TemporariesAsync(string bucket, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in _store.ListAsync(new ListRequest(bucket, TemporaryKeys.Prefix), cancellationToken).ConfigureAwait(false))
        {
            foreach (var listed in page.Objects) yield return new S3Uri(bucket, listed.Key);
        }
    }

    private async IAsyncEnumerable<Leftover> UnneededAsync(string bucket, Dictionary<S3Uri, StoredObject> spares, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (spares.Count == 0) yield break;
        var owners = await _need.OwnersAsync(bucket, spares.Keys.ToHashSet(), cancellationToken).ConfigureAwait(false);
        foreach (var (uri, stored) in spares)
        {
            DeltaSpace? owner = owners.TryGetValue(uri, out var space) ? space : null;
            if (owner is { } its && await _need.IsNeededAsync(uri, its, cancellationToken).ConfigureAwait(false)) continue;
            yield return Describe(stored, LeftoverKind.Spare) with { Space = owner };
        }
    }

    private static Leftover Describe(StoredObject stored, LeftoverKind kind) => new(stored.Uri, kind, stored.Size, stored.LastModified) { ETag = stored.ETag };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
