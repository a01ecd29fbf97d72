using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Completion;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>
/// Reads objects back, decodes them where they are deltas, and compares their SHA-256 with the recorded one. A bad object
/// is a result with Valid = false; one that could not be looked at is an error.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "DGDelta")]
[OutputType(typeof(DGVerification))]
public sealed class TestDGDeltaCommand : ConnectedCommand
{
    /// <summary>The object, by its own name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(UriCompleter))]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] Uri { get; set; } = [];

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var text in Uri)
            await BesideAsync(text, Root.Transfers, (turn, token) => VerifyAsync(PlaceResolver.Uri(text), turn, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task VerifyAsync(S3Uri uri, ItemTurn turn, CancellationToken cancellationToken)
    {
        turn.HasAsked();
        var started = Stopwatch.GetTimestamp();
        using var progress = Progress.Begin();
        var result = await Root.UseCases.Verify.RunAsync(uri, progress, cancellationToken).ConfigureAwait(false);
        progress.Dispose();
        await EmitAsync(turn, result.ToOutput(Stopwatch.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
    }
}
