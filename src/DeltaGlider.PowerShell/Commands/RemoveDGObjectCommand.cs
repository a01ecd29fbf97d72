using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Completion;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>
/// Removes objects, and with the last delta of a deltaspace its reference. A reference that other objects need is never
/// removed on its own.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "DGObject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DGRemovalResult))]
public sealed class RemoveDGObjectCommand : ConnectedCommand
{
    /// <summary>The object, by its own name; a reference by the name it is stored under.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(UriCompleter))]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] Uri { get; set; } = [];

    /// <summary>With a reference, remove every object that needs it too.</summary>
    [Parameter]
    public SwitchParameter IncludeDependents { get; set; }

    /// <summary>Removes without a question, unless -Confirm asks for one.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool AsksNothing => Force;

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var text in Uri)
            await BesideAsync(text, Root.Transfers, (turn, token) => RemoveAsync(PlaceResolver.Uri(text), turn, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task RemoveAsync(S3Uri uri, ItemTurn turn, CancellationToken cancellationToken)
    {
        var request = new RemoveObjectRequest(uri) { IncludeDependents = IncludeDependents };
        var plan = await Root.UseCases.Remove.PlanAsync(request, cancellationToken).ConfigureAwait(false);
        await turn.ToAskAsync(cancellationToken).ConfigureAwait(false);
        if (!await ShouldGoOnAsync(plan.ToString(), cancellationToken).ConfigureAwait(false)) return;
        turn.HasAsked();
        var result = await Root.UseCases.Remove.RunAsync(plan, cancellationToken).ConfigureAwait(false);
        await EmitAsync(turn, result.ToOutput(), cancellationToken).ConfigureAwait(false);
    }
}
