using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>
/// Clears a bucket of what has been left in it: files restored for links that have expired, copies of references that
/// nothing needs, uploads that nobody goes on with. With -WhatIf it lists them.
/// </summary>
[Cmdlet(VerbsCommon.Clear, "DGTempObject", SupportsShouldProcess = true)]
[OutputType(typeof(DGTempObject))]
public sealed class ClearDGTempObjectCommand : BucketCommand
{
    /// <summary>Uploads that were begun longer ago are nobody's any more; a day where nothing is said. Temporaries go by their expiry.</summary>
    [Parameter]
    public TimeSpan OlderThan { get; set; } = PurgeRequest.DefaultAge;

    /// <inheritdoc/>
    private protected override async Task HandleAsync(S3Uri bucket, CancellationToken cancellationToken)
    {
        if (OlderThan < TimeSpan.Zero) throw Fail.InvalidArgument(bucket.ToString(), "-OlderThan is an age, and not negative.");
        var request = new PurgeRequest(bucket.Bucket) { OlderThan = OlderThan };
        await foreach (var leftover in Root.UseCases.Purge.PlanAsync(request, cancellationToken).ConfigureAwait(false))
        {
            await EachAsync(
                leftover.Uri.ToString(),
                async () =>
                {
                    var removed = await ShouldGoOnAsync(leftover.ToString(), cancellationToken).ConfigureAwait(false)
                        && await Root.UseCases.Purge.RunAsync(leftover, cancellationToken).ConfigureAwait(false);
                    await EmitAsync(leftover.ToOutput(removed), cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
    }
}
