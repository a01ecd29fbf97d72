using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>Removes empty buckets. One that has something in it is refused, with -Force too.</summary>
[Cmdlet(VerbsCommon.Remove, "DGBucket", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DGRemovalResult))]
public sealed class RemoveDGBucketCommand : BucketCommand
{
    /// <summary>Removes without a question, unless -Confirm asks for one.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool AsksNothing => Force;

    /// <inheritdoc/>
    private protected override async Task HandleAsync(S3Uri bucket, CancellationToken cancellationToken)
    {
        var plan = await Root.UseCases.RemoveBucket.PlanAsync(bucket, cancellationToken).ConfigureAwait(false);
        if (!await ShouldGoOnAsync(plan.ToString(), cancellationToken).ConfigureAwait(false)) return;
        await Root.UseCases.RemoveBucket.RunAsync(plan, cancellationToken).ConfigureAwait(false);
        var result = new RemoveObjectResult(bucket, [.. plan.Own.Select(uri => uri.Key)], ReferenceRemoved: false, FreedBytes: 0);
        await EmitAsync(result.ToOutput(), cancellationToken).ConfigureAwait(false);
    }
}
