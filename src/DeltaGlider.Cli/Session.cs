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
    private readonly CancellationTokenSource _over = new();
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
        Transfers = ports.Transfers;
        UseCases = new DeltaGliderUseCases(ports, policy, Version);
    }

    /// <summary>What bounds the work that goes on at the same time.</summary>
    public TransferGate Transfers { get; }

    /// <summary>The use cases.</summary>
    public DeltaGliderUseCases UseCases { get; }

    /// <summary>What the store offers besides keeping objects.</summary>
    public IBucketCare Care => _store.Care;

    private static string Version =>
        typeof(Session).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Connects.</summary>
    /// <param name="connection">Which store is meant.</param>
    /// <param name="host">What the run has around it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="transfers">What bounds what goes on at the same time, where it is shared with others.</param>
    /// <exception cref="DeltaGliderException">The environment or the connection makes no sense, or there are no credentials.</exception>
    public static async ValueTask<Session> OpenAsync(Connection connection, Host host, CancellationToken cancellationToken, TransferGate? transfers = null)
    {
        var settings = DeltaGliderSettings.Read(host.Environment);
        var logs = new LogLines(host.Error, settings.LogLevel ?? LogLevel.Warning);
        transfers ??= new TransferGate();
        var options = new S3ConnectionOptions { Gate = transfers, EndpointUrl = connection.EndpointUrl, ProfileName = connection.Profile, Region = connection.Region, Encryption = connection.Encryption };
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
        { Storage = storages.Open(settings), Care = store.Care, Folders = new LocalFolders(), Transfers = transfers };
        return new Session(ports, storages, DeltaPolicy.Default with { MaxRatio = settings.MaxRatio, Format = settings.DeltaFormat }, store);
    }

    /// <summary>Warns, beside the work, where the bucket's region makes transfers cost.</summary>
    public void WarnOfCost(string bucket, Host host) => _ = Task.Run(async () =>
    {
        if (await TransferCost.WarningAsync(_store, bucket, host.Environment, _over.Token).ConfigureAwait(false) is { } warning)
            await host.Error.WriteLineAsync($"warning: {warning}").ConfigureAwait(false);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.Cancel();
        _cache.Dispose();
        _storage?.Dispose();
        _storages.Dispose();
        _store.Dispose();
        _over.Dispose();
    }

    [LoggerMessage(201, LogLevel.Debug, "Connected: {Description}.")]
    private static partial void Connected(ILogger log, string description);
}
