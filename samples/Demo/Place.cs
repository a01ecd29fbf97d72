using DeltaGlider.Adapters.Cache;
using DeltaGlider.Adapters.Codec;
using DeltaGlider.Adapters.Files;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaGlider.Demo;

/// <summary>Where the demo works: a store, a deltaspace of its own in it, and a temporary folder.</summary>
internal sealed class Place : IDisposable
{
    private readonly MemoryReferenceCache _cache = new(256 * 1024 * 1024);
    private readonly StoreConnection _connection;
    private readonly bool _keep;

    private Place(string folder, StoreConnection connection, S3Uri prefix, bool isEmbedded, bool keep)
    {
        Folder = folder;
        Prefix = prefix;
        IsEmbedded = isEmbedded;
        _connection = connection;
        _keep = keep;
        var ports = new UseCasePorts(connection.Store, new VcdiffCodec(), _cache, new LocalFiles(), TimeProvider.System, NullLoggerFactory.Instance);
        UseCases = new DeltaGliderUseCases(ports, DeltaPolicy.Default, "demo");
    }

    /// <summary>A temporary folder.</summary>
    public string Folder { get; }

    /// <summary>The store.</summary>
    public IObjectStore Store => _connection.Store;

    /// <summary>The store in words.</summary>
    public string Description => _connection.Description;

    /// <summary>The deltaspace.</summary>
    public S3Uri Prefix { get; }

    /// <summary>True when the store is the embedded one, in <see cref="Folder"/>.</summary>
    public bool IsEmbedded { get; }

    /// <summary>True when what is stored has to be removed key by key at the end.</summary>
    public bool RemovesObjects => !IsEmbedded && !_keep;

    /// <summary>The use cases over the store.</summary>
    public DeltaGliderUseCases UseCases { get; }

    /// <summary>Connects, and makes the bucket where it is not there.</summary>
    public static async ValueTask<Place> OpenAsync(string? endpoint, string bucket, bool keep, CancellationToken cancellationToken)
    {
        if (!S3Uri.IsBucketName(bucket)) throw Fail.InvalidArgument(bucket, $"'{bucket}' is not the name of a bucket.");
        var folder = Directory.CreateTempSubdirectory("deltaglider-demo-").FullName;
        var prefix = new S3Uri(bucket, $"{Path.GetFileName(folder)}/");
        var url = endpoint ?? new Uri(Path.Combine(folder, "store")).AbsoluteUri;
        var connection = await new StoreConnector().ConnectAsync(new S3ConnectionOptions { EndpointUrl = url }, cancellationToken).ConfigureAwait(false);
        var place = new Place(folder, connection, prefix, isEmbedded: endpoint is null, keep);
        await place.EnsureBucketAsync(cancellationToken).ConfigureAwait(false);
        return place;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cache.Dispose();
        _connection.Dispose();
        if (!(_keep && IsEmbedded)) Directory.Delete(Folder, recursive: true);
    }

    private async ValueTask EnsureBucketAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Store.FindAsync(Prefix.WithKey(Prefix.Key + DeltaSpace.ReferenceName), cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.BucketNotFound)
        {
            await Store.CreateBucketAsync(Prefix.Bucket, cancellationToken).ConfigureAwait(false);
        }
    }
}
