using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.TestKit;

/// <summary>A store that compares first and deletes then, in two steps, as the adapter has to where DELETE ignores If-Match.</summary>
public sealed class TwoStepDeleteStore(IObjectStore inner) : IObjectStore
{
    /// <summary>Runs between the two.</summary>
    public Func<S3Uri, ValueTask>? Between { get; set; }

    public async ValueTask<bool> DeleteAsync(S3Uri uri, string? ifMatch, CancellationToken cancellationToken)
    {
        if (ifMatch is not null && (await inner.FindAsync(uri, cancellationToken))?.ETag != ifMatch) return false;
        if (Between is { } between) await between(uri);
        return await inner.DeleteAsync(uri, null, cancellationToken);
    }

    public ValueTask<bool> CreatesOnlyOnceAsync(string bucket, CancellationToken cancellationToken) => inner.CreatesOnlyOnceAsync(bucket, cancellationToken);

    public ValueTask<StoredObject> PutAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken) =>
        inner.PutAsync(request, progress, cancellationToken);

    public ValueTask<StoredObject?> FindAsync(S3Uri uri, CancellationToken cancellationToken) => inner.FindAsync(uri, cancellationToken);

    public ValueTask<OpenedObject> OpenAsync(S3Uri uri, CancellationToken cancellationToken) => inner.OpenAsync(uri, cancellationToken);

    public IAsyncEnumerable<ListPage> ListAsync(ListRequest request, CancellationToken cancellationToken) => inner.ListAsync(request, cancellationToken);

    public IAsyncEnumerable<BucketInfo> ListBucketsAsync(CancellationToken cancellationToken) => inner.ListBucketsAsync(cancellationToken);

    public ValueTask CreateBucketAsync(string bucket, CancellationToken cancellationToken) => inner.CreateBucketAsync(bucket, cancellationToken);
}
