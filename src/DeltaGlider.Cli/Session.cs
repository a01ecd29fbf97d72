using System.Reflection;
using DeltaGlider.Adapters.Cache;
using DeltaGlider.Adapters.Codec;
using DeltaGlider.Adapters.Files;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Adapters.Settings;
using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Cli;

/// <summary>The command line's composition root: the use cases over one store, for one command.</summary>
internal sealed partial class Session : IDisposable
{
    private readonly IReferenceCache _cache;
    private readonly IReferenceStorage? _storage;
    private readonly ReferenceStorages _storages;
    private readonly StoreConnection _store;

    private Session(UseCasePorts ports, ReferenceStorages storages, DeltaPolicy policy, StoreConnection store)
    {
        _cache = ports.Cache;
        _storage = ports.Storage;
        _storages = storages;
        _store = store;
        Store = ports.Store;
        Transfers = ports.Transfers;
        UseCases = new DeltaGliderUseCases(ports, policy, Version);
    }

    /// <summary>What bounds the work that goes on at the same time.</summary>
    public TransferGate Transfers { get; }

    /// <summary>The use cases.</summary>
    public DeltaGliderUseCases UseCases { get; }

    /// <summary>The store; for the list of buckets, which is no use case.</summary>
    public IObjectReader Store { get; }

    private static string Version =>
        typeof(Session).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Connects.</summary>
    /// <exception cref="DeltaGliderException">The environment or the connection makes no sense, or there are no credentials.</exception>
    public static async ValueTask<Session> OpenAsync(Connection connection, Host host, CancellationToken cancellationToken)
    {
        var settings = DeltaGliderSettings.Read(host.Environment);
        var logs = new LogLines(host.Error, settings.LogLevel ?? LogLevel.Warning);
        var transfers = new TransferGate();
        var options = new S3ConnectionOptions { Gate = transfers, EndpointUrl = connection.EndpointUrl, ProfileName = connection.Profile, Region = connection.Region };
        var store = await new StoreConnector(host.Environment).ConnectAsync(options, cancellationToken).ConfigureAwait(false);
        Connected(logs, store.Description);
        var storages = new ReferenceStorages();
        var ports = new UseCasePorts(
            store.Store,
            new VcdiffCodec(gate: transfers),
            new MemoryReferenceCache(settings.CacheMemoryBytes),
            new LocalFiles(),
            TimeProvider.System,
            logs)
        { Storage = storages.Open(settings), Transfers = transfers };
        return new Session(ports, storages, DeltaPolicy.Default with { MaxRatio = settings.MaxRatio, Format = settings.DeltaFormat }, store);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cache.Dispose();
        _storage?.Dispose();
        _storages.Dispose();
        _store.Dispose();
    }

    [LoggerMessage(201, LogLevel.Debug, "Connected: {Description}.")]
    private static partial void Connected(ILogger log, string description);
}
