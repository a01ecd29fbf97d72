using System.Reflection;
using DeltaGlider.Adapters.Cache;
using DeltaGlider.Adapters.Codec;
using DeltaGlider.Adapters.Files;
using DeltaGlider.Adapters.Folder;
using DeltaGlider.Adapters.Settings;
using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Cli;

/// <summary>The command line's composition root: the use cases over one store, for one command.</summary>
internal sealed class Session : IDisposable
{
    private readonly IReferenceCache _cache;
    private readonly IDisposable? _store;

    private Session(UseCasePorts ports, DeltaPolicy policy, IDisposable? store)
    {
        _cache = ports.Cache;
        _store = store;
        Store = ports.Store;
        UseCases = new DeltaGliderUseCases(ports, policy, Version);
    }

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
        var store = await OpenStoreAsync(connection, host, cancellationToken).ConfigureAwait(false);
        var ports = new UseCasePorts(
            store,
            new VcdiffCodec(),
            new MemoryReferenceCache(settings.CacheMemoryBytes),
            new LocalFiles(),
            TimeProvider.System,
            new LogLines(host.Error, settings.LogLevel ?? LogLevel.Warning));
        return new Session(ports, DeltaPolicy.Default with { MaxRatio = settings.MaxRatio }, store as IDisposable);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cache.Dispose();
        _store?.Dispose();
    }

    private static ValueTask<IObjectStore> OpenStoreAsync(Connection connection, Host host, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var endpoint = connection.EndpointUrl ?? host.Environment("AWS_ENDPOINT_URL_S3") ?? host.Environment("AWS_ENDPOINT_URL");
        if (endpoint is not null && Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.IsFile)
            return ValueTask.FromResult<IObjectStore>(new FolderStore(url.LocalPath));
        throw Fail.InvalidArgument(endpoint ?? "--endpoint-url", "Only file:// endpoints are there yet.", "Give --endpoint-url file:///folder.");
    }
}
