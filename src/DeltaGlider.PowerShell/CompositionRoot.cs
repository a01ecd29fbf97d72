using DeltaGlider.Adapters.Cache;
using DeltaGlider.Adapters.Codec;
using DeltaGlider.Adapters.Files;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Adapters.Settings;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases;
using Microsoft.Extensions.Logging;

namespace DeltaGlider;

/// <summary>The one place where this front end's ports are put together. What it holds lives as long as one call of a cmdlet.</summary>
internal sealed class CompositionRoot : IDisposable
{
    // One for all calls of the process: a cache under a key of this process is of use to the next call too.
    private static readonly ReferenceStorages Storages = new();

    private readonly StoreConnection _connection;
    private readonly IReferenceCache _cache;
    private readonly IReferenceStorage _storage;

    private CompositionRoot(StoreConnection connection, DeltaGliderSettings settings, TransferGate transfers, ILoggerFactory logs)
    {
        _connection = connection;
        Transfers = transfers;
        _cache = ModuleSession.Borrow(settings.CacheMemoryBytes);
        _storage = Storages.Open(settings);
        var ports = new UseCasePorts(connection.Store, new VcdiffCodec(gate: transfers), _cache, new LocalFiles(), TimeProvider.System, logs)
        {
            Storage = _storage,
            Folders = new LocalFolders(),
            Care = connection.Care,
            Transfers = transfers,
        };
        UseCases = new DeltaGliderUseCases(ports, DeltaPolicy.Default with { MaxRatio = settings.MaxRatio, Format = settings.DeltaFormat }, Version);
    }

    /// <summary>This module's version.</summary>
    public static string Version { get; } = typeof(CompositionRoot).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>How the store was reached, in words; no secret.</summary>
    public string Description => _connection.Description;

    /// <summary>What to warn of before much is transferred from or to a bucket; null for nothing. Nobody should wait for it.</summary>
    public Task<string?> CostWarningAsync(string bucket, CancellationToken cancellationToken) =>
        TransferCost.WarningAsync(_connection, bucket, Environment.GetEnvironmentVariable, cancellationToken);

    /// <summary>What the store offers besides keeping objects.</summary>
    public IBucketCare Care => _connection.Care;

    /// <summary>What bounds the work that goes on at the same time.</summary>
    public TransferGate Transfers { get; }

    /// <summary>The use cases.</summary>
    public DeltaGliderUseCases UseCases { get; }

    /// <summary>Puts the ports together.</summary>
    /// <exception cref="Core.Errors.DeltaGliderException">The connection parameters make no sense, or lead nowhere.</exception>
    public static async Task<CompositionRoot> BuildAsync(
        S3ConnectionOptions connection, DeltaGliderSettings settings, TransferGate transfers, ILoggerFactory logs, CancellationToken cancellationToken) =>
        new(await new StoreConnector().ConnectAsync(connection with { Gate = transfers }, cancellationToken).ConfigureAwait(false), settings, transfers, logs);

    /// <inheritdoc/>
    public void Dispose()
    {
        _cache.Dispose();
        _storage.Dispose();
        _connection.Dispose();
    }
}
