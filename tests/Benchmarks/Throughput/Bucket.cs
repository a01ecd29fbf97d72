using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Benchmarks.Throughput;

/// <summary>A bucket for one measurement; emptied when it is over.</summary>
internal sealed class Bucket : IAsyncDisposable
{
    private readonly StoreConnection _connection;
    private int _prefixes;

    private Bucket(StoreConnection connection) => _connection = connection;

    public string Name { get; } = $"throughput-{Guid.NewGuid():n}"[..24];

    public static async Task<Bucket> OpenAsync(ThroughputOptions options)
    {
        var connection = new S3ConnectionOptions { EndpointUrl = options.Endpoint, AccessKey = options.AccessKey, SecretKey = options.SecretKey, Region = "us-east-1" };
        var bucket = new Bucket(await new StoreConnector().ConnectAsync(connection, CancellationToken.None));
        await bucket._connection.Store.CreateBucketAsync(bucket.Name, CancellationToken.None);
        return bucket;
    }

    /// <summary>A prefix that nothing is below.</summary>
    public string NewPrefix() => $"s3://{Name}/{++_prefixes}/";

    /// <summary>What lies below a prefix.</summary>
    public async Task<(int Objects, long Bytes)> CountAsync(string prefix)
    {
        var (objects, bytes) = (0, 0L);
        await foreach (var page in _connection.Store.ListAsync(new ListRequest(Name, S3Uri.Parse(prefix).Key), CancellationToken.None))
            (objects, bytes) = (objects + page.Objects.Length, bytes + page.Objects.Sum(listed => listed.Size));
        return (objects, bytes);
    }

    public async Task EmptyAsync()
    {
        await foreach (var page in _connection.Store.ListAsync(new ListRequest(Name, ""), CancellationToken.None))
            foreach (var listed in page.Objects) await _connection.Store.DeleteAsync(new S3Uri(Name, listed.Key), null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await EmptyAsync();
        _connection.Dispose();
    }
}
