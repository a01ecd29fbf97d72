using DeltaGlider.Adapters.Cache;
using DeltaGlider.Adapters.Codec;
using DeltaGlider.Adapters.Files;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaGlider.Torture.Tests;

/// <summary>The use cases over a store, with nothing cached.</summary>
internal sealed class Client : IDisposable
{
    private readonly StoreConnection _connection;
    private readonly MemoryReferenceCache _cache = new(64 << 20);

    private Client(StoreConnection connection, TimeProvider time)
    {
        _connection = connection;
        UseCases = new DeltaGliderUseCases(
            new UseCasePorts(connection.Store, new VcdiffCodec(), _cache, new LocalFiles(), time, NullLoggerFactory.Instance),
            DeltaPolicy.Default,
            "0.0.0-torture");
    }

    public IObjectStore Store => _connection.Store;

    public DeltaGliderUseCases UseCases { get; }

    public static async Task<Client> OpenAsync(string endpoint, string? accessKey, string? secretKey, TimeSpan clock = default)
    {
        var options = new S3ConnectionOptions
        {
            EndpointUrl = endpoint,
            AccessKey = accessKey,
            SecretKey = secretKey,
            Region = "us-east-1",
            MultipartThreshold = 5 << 20,
            PartSize = 5 << 20,
        };
        return new Client(await new StoreConnector(_ => null).ConnectAsync(options, CancellationToken.None), new SkewedTime(clock));
    }

    public void Dispose()
    {
        _cache.Dispose();
        _connection.Dispose();
    }
}
