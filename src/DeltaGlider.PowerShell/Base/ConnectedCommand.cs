using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Adapters.Settings;
using DeltaGlider.Completion;
using DeltaGlider.Core.Ports;
using DeltaGlider.Credentials;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Base;

/// <summary>
/// A cmdlet that talks to a store: the connection parameters, named as AWS.Tools names them. They are not taken from the
/// pipeline: there is one connection per call, made before the first item.
/// </summary>
public abstract class ConnectedCommand : AsyncCommand
{
    private CompositionRoot? _root;

    private protected ConnectedCommand()
    {
    }

    /// <summary>The access key's id.</summary>
    [Parameter]
    [Alias("AK")]
    [ValidateNotNullOrEmpty]
    public string? AccessKey { get; set; }

    /// <summary>The secret that belongs to the access key.</summary>
    [Parameter]
    [Alias("SK", "SecretAccessKey")]
    [ValidateNotNullOrEmpty]
    public string? SecretKey { get; set; }

    /// <summary>The token of temporary keys.</summary>
    [Parameter]
    [Alias("ST")]
    [ValidateNotNullOrEmpty]
    public string? SessionToken { get; set; }

    /// <summary>A profile of the AWS configuration files.</summary>
    [Parameter]
    [Alias("StoredCredentials", "AWSProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ProfileName { get; set; }

    /// <summary>The file that the profile is in, where it is not the usual one.</summary>
    [Parameter]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    [ValidateNotNullOrEmpty]
    public string? ProfileLocation { get; set; }

    /// <summary>
    /// A PSCredential with the access key as user name and the secret as password, or credentials that AWS.Tools made.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Credential { get; set; }

    /// <summary>The region.</summary>
    [Parameter]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    /// <summary>Another S3 server's address; <c>file:///folder</c> for the embedded store.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Design", "CA1056", Justification = "AWS.Tools has it as text, and so do profiles and the environment.")]
    public string? EndpointUrl { get; set; }

    /// <summary>How many items, parts of items and requests go on at once.</summary>
    [Parameter]
    [Alias("ConcurrentServiceRequest")]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = TransferGate.DefaultLimit;

    /// <summary>How the store is to encrypt what this cmdlet writes; null for what the bucket says.</summary>
    private protected virtual ServerSideEncryption? Encryption => null;

    /// <summary>The use cases over the store that the parameters name.</summary>
    private protected CompositionRoot Root => _root ?? throw new InvalidOperationException("The command has not begun.");

    /// <inheritdoc/>
    private protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        var settings = DeltaGliderSettings.Read(System.Environment.GetEnvironmentVariable);
        var connection = await OnPipelineAsync(() => Connection(Given), cancellationToken).ConfigureAwait(false);
        var log = new PipelineLog(this, Post, settings.LogLevel ?? LogLevel.Trace);
        _root = await CompositionRoot.BuildAsync(connection, settings, new TransferGate(ThrottleLimit), log, cancellationToken).ConfigureAwait(false);
        Post(() => WriteDebug(_root.Description));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // The base awaits what is still under way, and that needs the store.
        base.Dispose(disposing);
        if (disposing) _root?.Dispose();
    }

    /// <summary>A parameter's value; null where it was not given.</summary>
    private protected object? Given(string parameter) => MyInvocation.BoundParameters.GetValueOrDefault(parameter);

    /// <summary>How to reach a store, by parameters and session variables. On the pipeline thread.</summary>
    /// <param name="given">A connection parameter's value by its name.</param>
    private protected S3ConnectionOptions Connection(Func<string, object?> given) =>
        new ConnectionParameters(given, name => GetVariableValue(name)).Read() with { Encryption = Encryption };
}
