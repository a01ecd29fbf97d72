using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.TestKit;

/// <summary>A store that ignores conditions on writes, as some do that speak S3.</summary>
public sealed class UnconditionalStore(IObjectStore inner) : IObjectStore
{
    public ValueTask<bool> CreatesOnlyOnceAsync(string bucket, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    public ValueTask<StoredObject> PutAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken) =>
        inner.PutAsync(request with { Condition = PutCondition.None }, progress, cancellationToken);

    public ValueTask<bool> DeleteAsync(S3Uri uri, string? ifMatch, CancellationToken cancellationToken) => inner.DeleteAsync(uri, ifMatch, cancellationToken);

    public ValueTask<StoredObject?> FindAsync(S3Uri uri, CancellationToken cancellationToken) => inner.FindAsync(uri, cancellationToken);

    public ValueTask<OpenedObject> OpenAsync(S3Uri uri, CancellationToken cancellationToken) => inner.OpenAsync(uri, cancellationToken);

    public IAsyncEnumerable<ListPage> ListAsync(ListRequest request, CancellationToken cancellationToken) => inner.ListAsync(request, cancellationToken);

    public IAsyncEnumerable<BucketInfo> ListBucketsAsync(CancellationToken cancellationToken) => inner.ListBucketsAsync(cancellationToken);

    public ValueTask CreateBucketAsync(string bucket, CancellationToken cancellationToken) => inner.CreateBucketAsync(bucket, cancellationToken);
}
