using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>
/// Copies files into S3, each as a delta where that is worth it, and objects out of S3, each checked against its SHA-256
/// before the file appears.
/// </summary>
[Cmdlet(VerbsCommon.Copy, "DGObject", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(DGCopyResult))]
public sealed class CopyDGObjectCommand : ConnectedCommand
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";

    private readonly TargetGuard _targets = new();

    /// <summary>A file, in which wildcards may stand, or an object as s3://bucket/key.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] Path { get; set; } = [];

    /// <summary>A file or an object whose name is taken to the letter.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "Uri")]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>An object or a file; a bucket, an existing folder and what ends in / mean "into".</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

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

    /// <summary>Replace a file even where it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var literal = ParameterSetName == ByLiteralPath;
        foreach (var text in literal ? LiteralPath : Path)
            await EachAsync(text, () => CopyGivenAsync(text, literal, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyGivenAsync(string text, bool literal, CancellationToken cancellationToken)
    {
        var (sources, target) = await OnPipelineAsync(() =>
        {
            var places = new PlaceResolver(SessionState.Path);
            return (literal ? [places.Literal(text)] : places.Expand(text), places.Literal(Destination));
        }, cancellationToken).ConfigureAwait(false);
        foreach (var source in sources)
            await BesideAsync(source.ToString(), Root.Transfers, (turn, token) => CopyAsync(source, target, turn, token), cancellationToken).ConfigureAwait(false);
    }

    private Task CopyAsync(Place source, Place target, ItemTurn turn, CancellationToken cancellationToken) => (source, target) switch
    {
        ({ LocalPath: { } path }, { Uri: { } uri }) => StoreAsync(path, uri, turn, cancellationToken),
        ({ Uri: { } uri }, { LocalPath: { } path }) => FetchAsync(uri, path, turn, cancellationToken),
        ({ Uri: not null }, { Uri: not null }) => throw Fail.InvalidArgument(
            source.ToString(), $"{source} and {target} are both in S3, and this version copies between S3 and files only.", "Copy to a file, and from there."),
        _ => throw Fail.InvalidArgument(
            source.ToString(), $"{source} and {target} are both files.", "Give one of them as s3://bucket/key; Copy-Item copies from file to file."),
    };

    private async Task StoreAsync(string path, S3Uri destination, ItemTurn turn, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var plan = Root.UseCases.Put.Plan(new PutObjectRequest(path, destination)
        {
            NoDelta = NoDelta,
            MaxRatio = MaxRatio,
            Format = DeltaFormat is null ? null : Enum.Parse<DeltaFormat>(DeltaFormat, ignoreCase: true),
            ContentType = ContentType,
            StorageClass = StorageClass,
            Metadata = UserMetadata(),
        });
        await turn.ToAskAsync(cancellationToken).ConfigureAwait(false);
        _targets.ClaimObject(plan.Target, path);
        if (!await ShouldGoOnAsync(plan.ToString(), cancellationToken).ConfigureAwait(false)) return;
        turn.HasAsked();
        using var progress = Progress.Begin();
        var result = await Root.UseCases.Put.RunAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        progress.Dispose();
        await EmitAsync(turn, result.ToOutput(Stopwatch.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
    }

    private async Task FetchAsync(S3Uri source, string path, ItemTurn turn, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var plan = await Root.UseCases.Get.PlanAsync(new GetObjectRequest(source, path), cancellationToken).ConfigureAwait(false);
        await turn.ToAskAsync(cancellationToken).ConfigureAwait(false);
        if (plan.Replaces && !Force) TargetGuard.EnsureWritable(plan.DestinationPath);
        _targets.ClaimFile(plan.DestinationPath, source.ToString());
        if (!await ShouldGoOnAsync(plan.ToString(), cancellationToken).ConfigureAwait(false)) return;
        turn.HasAsked();
        using var progress = Progress.Begin();
        if (plan.Replaces && Force) TargetGuard.MakeWritable(plan.DestinationPath);
        var result = await Root.UseCases.Get.RunAsync(plan, progress, cancellationToken).ConfigureAwait(false);
        progress.Dispose();
        await EmitAsync(turn, result.ToOutput(Stopwatch.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
    }

    // By key: what a generic dictionary enumerates is no DictionaryEntry.
    private ImmutableDictionary<string, string> UserMetadata() => Metadata is null
        ? ImmutableDictionary<string, string>.Empty
        : Metadata.Keys.Cast<object>().ToImmutableDictionary(Text, key => Text(Metadata[key]));

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
