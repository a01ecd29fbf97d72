using DeltaGlider.Adapters.Folder;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.Adapters.S3;

/// <summary>Turns what a user said about a store into the store. Nothing is asked of the store itself.</summary>
/// <param name="environment">Reads an environment variable; null for the process's own.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class StoreConnector(Func<string, string?>? environment = null, TimeProvider? time = null)
{
    private readonly Func<string, string?> _environment = environment ?? Environment.GetEnvironmentVariable;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Opens the store: a folder for a file:// endpoint, else S3.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.NoCredentials"/> or <see cref="ErrorKind.InvalidArgument"/>.</exception>
    public async ValueTask<StoreConnection> ConnectAsync(S3ConnectionOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var profiles = new ProfileFiles(options, _environment);
        using var instance = new InstanceMetadata(_environment);
        var resolver = new EndpointResolver(options, _environment, profiles, instance);
        var endpoint = resolver.Endpoint();
        if (endpoint is { IsFile: true } && options.Encryption is not null)
            throw Fail.InvalidArgument(endpoint.OriginalString, "The folder store does not encrypt what it takes, and server-side encryption was asked for.", "Leave it out, and encrypt the folder's disk.");
        if (endpoint is { IsFile: true })
        {
            var folder = OpenFolder(endpoint);
            return new StoreConnection(folder, folder, $"folder store {endpoint.LocalPath}");
        }

        var credentials = await new CredentialResolver(options, _environment, profiles, instance).ResolveAsync(cancellationToken).ConfigureAwait(false);
        var region = await resolver.RegionAsync(endpoint is not null, cancellationToken).ConfigureAwait(false);
        var store = new S3Store(S3ClientFactory.Create(credentials.Credentials, region, endpoint), options, _time);
        return new StoreConnection(store, store, $"S3 at {endpoint?.ToString() ?? "AWS"}, region {region}, credentials from {credentials.Source}");
    }

    private FolderStore OpenFolder(Uri endpoint)
    {
        if (!OperatingSystem.IsWindows() && endpoint.Host.Length > 0)
        {
            throw new DeltaGliderException(ErrorKind.InvalidArgument, endpoint.OriginalString, $"'{endpoint.OriginalString}' names a host, '{endpoint.Host}'.")
            {
                Advice = "Write three slashes: file:///folder.",
            };
        }

        return new FolderStore(endpoint.LocalPath, _time);
    }
}
