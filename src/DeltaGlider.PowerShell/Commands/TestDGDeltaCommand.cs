using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Completion;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>
/// Reads objects back, decodes them where they are deltas, and compares their SHA-256 with the recorded one; with -Recurse
/// everything below a prefix. A bad object is a result with Valid = false; one that could not be looked at is an error.
/// With -Repair what can be mended without a loss is mended, and looked at again.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "DGDelta", SupportsShouldProcess = true)]
[OutputType(typeof(DGVerification))]
public sealed class TestDGDeltaCommand : ConnectedCommand
{
    /// <summary>The object, by its own name; with -Recurse a bucket or a prefix.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(UriCompleter))]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] Uri { get; set; } = [];

    /// <summary>Everything below the prefix, each reference fetched once.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Mend what can be mended without a loss: metadata that the bytes prove, and references of which a copy is at hand.</summary>
    [Parameter]
    public SwitchParameter Repair { get; set; }

    /// <summary>Remove references that nothing needs. Only with -Recurse: a single object has none.</summary>
    [Parameter]
    public SwitchParameter RemoveOrphans { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var text in Uri)
        {
            if (Recurse) await EachAsync(text, () => ScrubAsync(PlaceResolver.Uri(text), cancellationToken), cancellationToken).ConfigureAwait(false);
            else await BesideAsync(text, Root.Transfers, (turn, token) => VerifyAsync(PlaceResolver.Uri(text), turn, token), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task VerifyAsync(S3Uri uri, ItemTurn turn, CancellationToken cancellationToken)
    {
        turn.HasAsked();
        var started = Stopwatch.GetTimestamp();
        using var progress = Progress.Begin();
        var result = await MendAsync(await Root.UseCases.Verify.RunAsync(uri, progress, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        progress.Dispose();
        await EmitAsync(turn, result.ToOutput(Stopwatch.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
    }

    private async Task ScrubAsync(S3Uri prefix, CancellationToken cancellationToken)
    {
        using var progress = Progress.Begin();
        await foreach (var item in Root.UseCases.Scrub.RunAsync(prefix, progress, cancellationToken).ConfigureAwait(false))
            await EachAsync(item.Uri.ToString(), () => TellAsync(item, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task TellAsync(ScrubItem item, CancellationToken cancellationToken)
    {
        if (item.Error is { } error) throw error;
        if (item.Result is not { } found) return;
        var result = await MendAsync(found, cancellationToken).ConfigureAwait(false);
        await EmitAsync(result.ToOutput(item.Elapsed), cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<VerifyObjectResult> MendAsync(VerifyObjectResult found, CancellationToken cancellationToken) =>
        Repair || (RemoveOrphans && found.Finding == VerifyFinding.OrphanReference)
            ? Root.UseCases.Repair.TryAsync(found, RemoveOrphans, async (plan, token) => await ShouldGoOnAsync(plan.ToString(), token).ConfigureAwait(false), cancellationToken)
            : ValueTask.FromResult(found);
}
