using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Completion;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Reports;
using DeltaGlider.Core.UseCases;

namespace DeltaGlider.Commands;

/// <summary>
/// Says what the files of a bucket or prefix take, and what storing them as deltas saves; with -ByDeltaSpace of each
/// deltaspace, as soon as its last object was seen. The totals of a bucket are kept in it for the next call.
/// </summary>
[Cmdlet(VerbsCommon.Get, "DGBucketStats", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(DGBucketStats))]
public sealed class GetDGBucketStatsCommand : ConnectedCommand
{
    /// <summary>Makes the command. Looks at metadata are small: more of them go at once than of transfers.</summary>
    public GetDGBucketStatsCommand() => ThrottleLimit = BucketStats.MostLooksAtOnce;

    /// <summary>A bucket, or a prefix in one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(UriCompleter))]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] Uri { get; set; } = [];

    /// <summary>How closely to look.</summary>
    [Parameter]
    public DGStatsMode Mode { get; set; }

    /// <summary>Each deltaspace, in place of the total.</summary>
    [Parameter]
    public SwitchParameter ByDeltaSpace { get; set; }

    /// <summary>Look anew, whatever was kept, and keep that.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <summary>Neither take what was kept nor keep anything.</summary>
    [Parameter]
    public SwitchParameter NoCache { get; set; }

    /// <summary>A file for a page of HTML with charts, which needs nothing else.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutHtml { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var text in Uri)
            await EachAsync(text, () => TellAsync(PlaceResolver.Uri(text), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task TellAsync(S3Uri prefix, CancellationToken cancellationToken)
    {
        var html = OutHtml is null ? null : await OnPipelineAsync(() => LocalPath(OutHtml), cancellationToken).ConfigureAwait(false);
        var report = html is null ? null : new SavingsReportBuilder();
        var started = DateTimeOffset.UtcNow;
        var request = new BucketStatsRequest(prefix) { Mode = Mode.ToDomain(), UseCache = !NoCache && !Refresh, WithDays = report is not null };
        var wantsSpaces = ByDeltaSpace || report is not null;
        var total = await Root.UseCases.Stats.RunAsync(request, wantsSpaces ? TellSpaceAsync : null, cancellationToken).ConfigureAwait(false);
        if (!NoCache) await KeepAsync(total, cancellationToken).ConfigureAwait(false);
        if (html is not null && await ShouldGoOnAsync($"write a report of {prefix} into {html}", cancellationToken).ConfigureAwait(false))
            await Root.UseCases.Report.RunAsync(report!.Build(total), html, cancellationToken).ConfigureAwait(false);
        if (!ByDeltaSpace) await EmitAsync(total.ToOutput(), cancellationToken).ConfigureAwait(false);

        async ValueTask TellSpaceAsync(DeltaSpaceStatistics space, CancellationToken token)
        {
            report?.Add(space);
            if (ByDeltaSpace) await EmitAsync(space.ToOutput(Mode, started), token).ConfigureAwait(false);
        }
    }

    // What cannot be kept is computed again next time: no reason for an error.
    private async Task KeepAsync(BucketStatistics total, CancellationToken cancellationToken)
    {
        if (BucketStats.PlaceFor(total) is not { } place) return;
        if (!await ShouldGoOnAsync($"keep the statistics in {place}", cancellationToken).ConfigureAwait(false)) return;
        try
        {
            await Root.UseCases.Stats.KeepAsync(total, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e)
        {
            Post(() => WriteVerbose($"The statistics were not kept: {e.Message}"));
        }
    }

    private string LocalPath(string text) => new PlaceResolver(SessionState.Path).Literal(text).LocalPath
        ?? throw Fail.InvalidArgument(text, $"{text} is in S3, and the report is a file.", "Name a file.");
}
