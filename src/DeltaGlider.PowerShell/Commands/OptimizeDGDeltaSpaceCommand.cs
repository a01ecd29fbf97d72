using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Completion;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>
/// Measures how well the reference of a deltaspace serves, and where another one serves better, re-encodes its objects. Every
/// object is readable all the while; one that was cut off goes on when it is run again.
/// </summary>
[Cmdlet(VerbsCommon.Optimize, "DGDeltaSpace", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DGOptimization))]
public sealed class OptimizeDGDeltaSpaceCommand : ConnectedCommand
{
    /// <summary>A bucket, or a prefix that ends in /. What lies deeper is not meant.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(UriCompleter))]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] Uri { get; set; } = [];

    /// <summary>The most objects that are tried as reference of the others.</summary>
    [Parameter]
    [ValidateRange(2, 64)]
    public int SampleSize { get; set; } = 8;

    /// <summary>What another reference must save at least, in percent of what the present one comes to.</summary>
    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double MinSaving { get; set; } = 10;

    /// <summary>A delta of more than this share of its file is not kept: 0 to 1. In place of DG_MAX_RATIO.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? MaxRatio { get; set; }

    /// <summary>Does it without a question, unless -Confirm asks for one.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool AsksNothing => Force;

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var text in Uri)
            await BesideAsync(text, Root.Transfers, (turn, token) => OptimizeAsync(PlaceResolver.Uri(text), turn, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task OptimizeAsync(S3Uri prefix, ItemTurn turn, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var progress = Progress.Begin();
        var request = new OptimizeRequest(prefix) { SampleSize = SampleSize, MinSaving = MinSaving / 100, MaxRatio = MaxRatio };
        var plan = await Root.UseCases.Optimize.PlanAsync(request, progress, cancellationToken).ConfigureAwait(false);
        await turn.ToAskAsync(cancellationToken).ConfigureAwait(false);
        if (plan.Action == OptimizeAction.None || !await ShouldGoOnAsync(plan.ToString(), cancellationToken).ConfigureAwait(false))
        {
            progress.Dispose();
            await EmitAsync(turn, plan.ToOutput(Stopwatch.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
            return;
        }

        turn.HasAsked();
        var result = await Root.UseCases.Optimize.RunAsync(plan, null, progress, cancellationToken).ConfigureAwait(false);
        progress.Dispose();
        await EmitAsync(turn, result.ToOutput(Stopwatch.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
    }
}
