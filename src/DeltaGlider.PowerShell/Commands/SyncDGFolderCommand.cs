using System.Diagnostics;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Completion;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Commands;

/// <summary>
/// Makes a prefix like a folder, a folder like a prefix, or a prefix like another: copies what is missing or differs, and
/// with -Delete removes what the source does not have. What is newer at the destination is kept unless -Force is given.
/// With -WhatIf the plan comes out as objects. The last object is the summary.
/// </summary>
[Cmdlet(VerbsData.Sync, "DGFolder", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DGSyncAction), typeof(DGSyncSummary))]
public sealed class SyncDGFolderCommand : TransferCommand
{
    /// <summary>A folder, or a prefix as s3://bucket/prefix.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(UriCompleter))]
    [Alias("Source", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>A folder, or a prefix as s3://bucket/prefix.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(UriCompleter))]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Remove from the destination what the source does not have. Never after anything has failed.</summary>
    [Parameter]
    public SwitchParameter Delete { get; set; }

    /// <summary>If more than this would be removed, nothing is.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? MaxDelete { get; set; }

    /// <summary>Take files of one size for the same.</summary>
    [Parameter]
    public SwitchParameter SizeOnly { get; set; }

    /// <summary>Compare SHA-256, whatever the times say.</summary>
    [Parameter]
    public SwitchParameter Checksum { get; set; }

    /// <summary>Take files of one size for the same only where their times are, without a look at the content.</summary>
    [Parameter]
    [Alias("ExactTimestamp")]
    public SwitchParameter ExactTimestamps { get; set; }

    /// <summary>Replace also what is newer or read-only; remove without a question, and even where everything would go.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool AsksNothing => Force;

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var (source, target, isPlan) = await OnPipelineAsync(() =>
        {
            var places = new PlaceResolver(SessionState.Path);
            return (places.Literal(Path), places.Literal(Destination), IsWhatIf);
        }, cancellationToken).ConfigureAwait(false);
        WarnOfCost(Root, target.Uri, cancellationToken);
        WarnOfCost(SourceRoot, source.Uri, cancellationToken);
        var request = new FolderRequest(source.ToFolder(), target.ToFolder())
        {
            Filter = Filter,
            Mode = Mode(),
            Delete = Delete,
            MaxDelete = MaxDelete,
            Force = Force,
            FollowLinks = FollowSymlink,
            Storing = Storing(),
        };
        var handlers = new FolderHandlers
        {
            Consent = async (step, token) => await ShouldGoOnAsync(step.ToString(), step.Action != FolderAction.Delete, token).ConfigureAwait(false),
            Progress = _ => Progress.Begin(),
        };
        var summary = new FolderSummary();
        await foreach (var result in Root.UseCases.SyncFrom(SourceRoot.UseCases).RunAsync(request, handlers, cancellationToken).ConfigureAwait(false))
        {
            summary.Add(result);
            if (result.Error is { } error) await EachAsync(result.Step.Name, () => Task.FromException(error), cancellationToken).ConfigureAwait(false);
            if (result.Outcome == FolderOutcome.Kept) Post(() => WriteWarning($"{result.Step.Destination} differs from {result.Step.Source} and is newer: it was kept. -Force replaces it."));
            if (result.Outcome != FolderOutcome.Unchanged) await EmitAsync(result.ToOutput(isPlan), cancellationToken).ConfigureAwait(false);
        }

        await EmitAsync(summary.ToOutput(request, Stopwatch.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
    }

    private SyncMode Mode() => (SizeOnly.IsPresent, Checksum.IsPresent, ExactTimestamps.IsPresent) switch
    {
        (false, false, false) => SyncMode.Times,
        (true, false, false) => SyncMode.SizeOnly,
        (false, true, false) => SyncMode.Checksum,
        (false, false, true) => SyncMode.ExactTimestamps,
        _ => throw Fail.InvalidArgument(Path, "-SizeOnly, -Checksum and -ExactTimestamps exclude each other.", "Give one of them."),
    };
}
