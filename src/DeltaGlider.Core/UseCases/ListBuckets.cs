using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases;

/// <summary>Lists the buckets that the credentials may see.</summary>
public sealed class ListBuckets
{
    private readonly IObjectReader _store;

    internal ListBuckets(IObjectReader store) => _store = store;

    /// <summary>The buckets, by name.</summary>
    /// <exception cref="Errors.DeltaGliderException">What the store reports.</exception>
    public IAsyncEnumerable<BucketInfo> RunAsync(CancellationToken cancellationToken) =>
        Operation.RunAsync("list", S3Uri.AllBuckets, _store.ListBucketsAsync(cancellationToken), cancellationToken);
}
