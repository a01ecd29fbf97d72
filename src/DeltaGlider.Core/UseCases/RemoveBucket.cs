using System.Collections.Immutable;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases.Parts.Stats;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Removes an empty bucket. To a user a bucket is empty when nothing is in it but the statistics that this tool has kept:
/// those go along. Nothing else ever does.
/// </summary>
public sealed class RemoveBucket
{
    private readonly IObjectStore _store;
    private readonly IBuckets _buckets;

    internal RemoveBucket(IObjectStore store, IBuckets buckets)
    {
        _store = store;
        _buckets = buckets;
    }

    /// <summary>Says what removing the bucket would do. Changes nothing.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.BucketNotEmpty"/>, or what the store reports.</exception>
    public async ValueTask<RemoveBucketPlan> PlanAsync(S3Uri bucket, CancellationToken cancellationToken)
    {
        if (bucket.Bucket.Length == 0 || bucket.Key.Length > 0) throw Fail.InvalidArgument(bucket.ToString(), $"{bucket} is no bucket.", "Write it as s3://bucket.");
        var statistics = Enum.GetValues<StatsMode>().Select(mode => KeptStatistics.PlaceOf(bucket.Bucket, mode)).ToHashSet();
        var own = ImmutableArray.CreateBuilder<S3Uri>();
        await foreach (var page in _store.ListAsync(new ListRequest(bucket.Bucket, ""), cancellationToken).ConfigureAwait(false))
        {
            foreach (var listed in page.Objects)
            {
                var uri = bucket.WithKey(listed.Key);
                if (statistics.Contains(uri)) own.Add(uri);
                else throw DeltaSpace.IsInternalKey(listed.Key) ? HasTemporaries(bucket, uri) : Fail.BucketNotEmpty(bucket);
            }
        }

        return new RemoveBucketPlan(bucket, own.ToImmutable());
    }

    /// <summary>Removes what the plan says; the store itself refuses if something has been stored meanwhile.</summary>
    /// <exception cref="DeltaGliderException">As above.</exception>
    public async ValueTask RunAsync(RemoveBucketPlan plan, CancellationToken cancellationToken) =>
        await Operation.RunAsync("remove_bucket", plan.Bucket, async _ =>
        {
            foreach (var uri in plan.Own) await _store.DeleteAsync(uri, null, cancellationToken).ConfigureAwait(false);
            await _buckets.DeleteBucketAsync(plan.Bucket.Bucket, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);

    private static DeltaGliderException HasTemporaries(S3Uri bucket, S3Uri temporary) =>
        new(ErrorKind.BucketNotEmpty, bucket.ToString(), $"{bucket} has no object any more but temporaries of this tool, such as {temporary}: a link may still lead to one.")
        {
            Safe = "Nothing was removed.",
            Advice = "Purge the bucket when they have expired, or remove them with another S3 tool.",
        };
}
