using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Adapters.Settings;
using DeltaGlider.Completion;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Base;

/// <summary>
/// A cmdlet that stores files or copies objects: the parameters that say how they are stored, which names take part, and
/// where a source is that lies in another store.
/// </summary>
public abstract class TransferCommand : ConnectedCommand
{
    private const string Source = "Source";

    private readonly ConcurrentDictionary<string, bool> _costed = new(StringComparer.Ordinal);
    private CompositionRoot? _source;

    private protected TransferCommand()
    {
    }

    /// <summary>Only names that one of these patterns describes: *.zip at any depth, logs/* for all below logs.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[]? Include { get; set; }

    /// <summary>No names that one of these patterns describes; they count more than those of -Include.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[]? Exclude { get; set; }

    /// <summary>Walk through symbolic links of a local folder, as long as they stay within it; otherwise they are passed over.</summary>
    [Parameter]
    public SwitchParameter FollowSymlink { get; set; }

    /// <summary>Store files whole, whatever their names.</summary>
    [Parameter]
    public SwitchParameter NoDelta { get; set; }

    /// <summary>A delta of more than this share of its file is not kept: 0 to 1. In place of DG_MAX_RATIO.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? MaxRatio { get; set; }

    /// <summary>In which format deltas are written, in place of DG_DELTA_FORMAT. Every format is read; only this module reads deep ones.</summary>
    [Parameter]
    [ValidateSet("Auto", "Vcdiff", "Deep")]
    public string? DeltaFormat { get; set; }

    /// <summary>The media type; by the file's name where it is not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentType { get; set; }

    /// <summary>The storage class as S3 names it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StorageClass { get; set; }

    /// <summary>Metadata of one's own.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Metadata { get; set; }

    /// <summary>How the store encrypts what it takes: AES256, aws:kms or aws:kms:dsse; where nothing is said, as the bucket does.</summary>
    [Parameter]
    [ValidateSet("AES256", "aws:kms", "aws:kms:dsse")]
    public string? ServerSideEncryption { get; set; }

    /// <summary>The key of AWS KMS that it uses.</summary>
    [Parameter]
    [Alias("SSEKMSKeyId")]
    [ValidateNotNullOrEmpty]
    public string? ServerSideEncryptionKeyManagementServiceKeyId { get; set; }

    /// <summary>From S3 to S3: the address of the store that the source is in, where it is another one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Design", "CA1056", Justification = "As -EndpointUrl.")]
    public string? SourceEndpointUrl { get; set; }

    /// <summary>From S3 to S3: the profile with the credentials for the source, where they are others.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SourceProfileName { get; set; }

    /// <summary>From S3 to S3: the access key for the source.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SourceAccessKey { get; set; }

    /// <summary>The secret that belongs to it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SourceSecretKey { get; set; }

    /// <summary>The token that belongs to them, where they are temporary.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SourceSessionToken { get; set; }

    /// <summary>From S3 to S3: the credentials for the source, as -Credential takes them.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? SourceCredential { get; set; }

    /// <summary>From S3 to S3: the source's region.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SourceRegion { get; set; }

    /// <summary>The store that sources in S3 are in.</summary>
    private protected CompositionRoot SourceRoot => _source ?? Root;

    /// <inheritdoc/>
    private protected sealed override ServerSideEncryption? Encryption =>
        Adapters.S3.ServerSideEncryption.From(ServerSideEncryption, ServerSideEncryptionKeyManagementServiceKeyId);

    private bool HasSourceCredentials => (SourceProfileName ?? SourceAccessKey ?? SourceSecretKey ?? SourceSessionToken ?? SourceCredential) is not null;

    /// <inheritdoc/>
    private protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        await base.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (!HasSourceCredentials && SourceEndpointUrl is null && SourceRegion is null) return;
        var connection = await OnPipelineAsync(() => Connection(GivenForSource), cancellationToken).ConfigureAwait(false);
        var settings = DeltaGliderSettings.Read(System.Environment.GetEnvironmentVariable);
        var log = new PipelineLog(this, Post, settings.LogLevel ?? LogLevel.Trace);
        _source = await CompositionRoot.BuildAsync(connection, settings, Root.Transfers, log, cancellationToken).ConfigureAwait(false);
        Post(() => WriteDebug($"The source: {_source.Description}"));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _source?.Dispose();
    }

    /// <summary>Warns, once per bucket and beside the work, where its region makes transfers cost.</summary>
    private protected void WarnOfCost(CompositionRoot root, S3Uri? uri, CancellationToken cancellationToken)
    {
        if (uri is not { Bucket: { Length: > 0 } bucket } || !_costed.TryAdd(bucket, true)) return;
        Track(async () =>
        {
            if (await root.CostWarningAsync(bucket, cancellationToken).ConfigureAwait(false) is { } warning) Post(() => WriteWarning(warning));
        });
    }

    /// <summary>Which names take part.</summary>
    private protected PathFilter Filter => PathFilter.Of(Include, Exclude);

    /// <summary>How files are stored.</summary>
    private protected StoreOptions Storing() => new()
    {
        NoDelta = NoDelta,
        MaxRatio = MaxRatio,
        Format = DeltaFormat is null ? null : Enum.Parse<DeltaFormat>(DeltaFormat, ignoreCase: true),
        ContentType = ContentType,
        StorageClass = StorageClass,
        Metadata = UserMetadata(),
    };

    // What is not said of the source is as for the destination; of credentials, all or none.
    private object? GivenForSource(string parameter) => parameter switch
    {
        nameof(ProfileLocation) => Given(parameter),
        nameof(EndpointUrl) or nameof(Region) => Given(Source + parameter) ?? Given(parameter),
        _ => Given(HasSourceCredentials ? Source + parameter : parameter),
    };

    // By key: what a generic dictionary enumerates is no DictionaryEntry.
    private ImmutableDictionary<string, string> UserMetadata() => Metadata is null
        ? ImmutableDictionary<string, string>.Empty
        : Metadata.Keys.Cast<object>().ToImmutableDictionary(Text, key => Text(Metadata[key]));

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
