using System.Collections.Immutable;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases.Bytes;
using DeltaGlider.Core.UseCases.Parts.Stats;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Says what a bucket's files take and what storing them as deltas saves. The totals of a whole bucket can be kept in the
/// bucket: they hold until a listing comes to another number of objects or bytes.
/// </summary>
public sealed class BucketStats
{
    /// <summary>More requests for metadata are never under way.</summary>
    public const int MostLooksAtOnce = 64;

    private readonly IObjectStore _store;
    private readonly TimeProvider _time;
    private readonly int _looksAtOnce;

    /// <param name="store">Where the objects lie.</param>
    /// <param name="transfers">Bounds how many requests are under way at once.</param>
    /// <param name="time">The clock.</param>
    internal BucketStats(IObjectStore store, TransferGate transfers, TimeProvider time)
    {
        _store = store;
        _time = time;
        _looksAtOnce = Math.Min(MostLooksAtOnce, transfers.Limit);
    }

    /// <summary>Takes the statistics.</summary>
    /// <param name="request">Of what, and how closely.</param>
    /// <param name="onSpace">Hears of each deltaspace when its last object was seen, the deeper ones first, and is waited for; null where only the totals matter.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="DeltaGliderException">What the store reports.</exception>
    public ValueTask<BucketStatistics> RunAsync(
        BucketStatsRequest request, Func<DeltaSpaceStatistics, CancellationToken, ValueTask>? onSpace, CancellationToken cancellationToken) =>
        Operation.RunAsync("stats", request.Prefix, async operation =>
        {
            if (request.Prefix.Bucket.Length == 0) throw Fail.InvalidArgument(request.Prefix.ToString(), "Statistics are of one bucket.", "Write it as s3://bucket or s3://bucket/prefix.");
            var found = request.UseCache && onSpace is null && !request.WithDays && request.Prefix.Key.Length == 0
                ? await TryKeptAsync(request, cancellationToken).ConfigureAwait(false)
                : null;
            found ??= await new StatsPass(_store, _looksAtOnce, request).RunAsync(onSpace, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            operation.Tell("objects", found.Figures.Objects);
            operation.Tell("size", found.Figures.TotalSize);
            operation.Tell("stored_size", found.Figures.StoredSize);
            return found;
        });

    /// <summary>Where <see cref="KeepAsync"/> would keep them; null when there is nothing to keep: they were kept before, or are of no whole bucket.</summary>
    public static S3Uri? PlaceFor(BucketStatistics statistics) =>
        statistics.IsFromCache || statistics.Mark is null ? null : KeptStatistics.PlaceOf(statistics.Uri.Bucket, statistics.Mode);

    /// <summary>Keeps them in the bucket for the next run.</summary>
    /// <exception cref="DeltaGliderException">What the store reports; nothing depends on it.</exception>
    public async ValueTask KeepAsync(BucketStatistics statistics, CancellationToken cancellationToken)
    {
        if (PlaceFor(statistics) is not { } place || statistics.Mark is not { } mark) return;
        var request = new PutRequest(place, new MemoryContent(KeptStatistics.Write(statistics, mark)), ImmutableDictionary<string, string>.Empty) { ContentType = "application/json" };
        await _store.PutAsync(request, null, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<BucketStatistics?> TryKeptAsync(BucketStatsRequest request, CancellationToken cancellationToken)
    {
        if (await ReadAsync(request, cancellationToken).ConfigureAwait(false) is not { } kept) return null;
        ListingMark users = new(0, 0), own = new(0, 0), references = new(0, 0);
        await foreach (var page in _store.ListAsync(new ListRequest(request.Prefix.Bucket, ""), cancellationToken).ConfigureAwait(false))
        {
            foreach (var listed in page.Objects)
            {
                if (DeltaSpace.IsInternalKey(listed.Key))
                {
                    own = own.Plus(listed.Size);
                    continue;
                }

                users = users.Plus(listed.Size);
                if (DeltaSpace.IsReferenceKey(listed.Key)) references = references.Plus(listed.Size);
            }
        }

        // Python counts the tool's own objects too: this document among them, if it was there by then.
        if (kept.Mark != users && kept.Mark != new ListingMark(users.Objects + own.Objects, users.Bytes + own.Bytes)) return null;
        var figures = kept.Figures with { References = references.Objects, ReferenceSize = references.Bytes };
        return new BucketStatistics(request.Prefix, request.Mode, figures, kept.ComputedAt ?? _time.GetUtcNow(), IsFromCache: true) { Mark = users };
    }

    private async ValueTask<KeptStatistics?> ReadAsync(BucketStatsRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var opened = await _store.OpenAsync(KeptStatistics.PlaceOf(request.Prefix.Bucket, request.Mode), cancellationToken).ConfigureAwait(false);
            await using var closing = opened.ConfigureAwait(false);
            if (opened.Description.Size > KeptStatistics.MaxBytes) return null;
            var json = new byte[opened.Description.Size];
            var read = await opened.Content.ReadAtLeastAsync(json, json.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return KeptStatistics.TryRead(json.AsMemory(0, read), request.Mode);
        }
        catch (DeltaGliderException e) when (e.Kind is ErrorKind.ObjectNotFound or ErrorKind.AccessDenied)
        {
            return null;
        }
    }
}
