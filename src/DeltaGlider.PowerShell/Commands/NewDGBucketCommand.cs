using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>Makes buckets. One that is there already and one's own is left as it is.</summary>
[Cmdlet(VerbsCommon.New, "DGBucket", SupportsShouldProcess = true)]
[OutputType(typeof(DGObject))]
public sealed class NewDGBucketCommand : BucketCommand
{
    /// <inheritdoc/>
    private protected override async Task HandleAsync(S3Uri bucket, CancellationToken cancellationToken)
    {
        if (!await ShouldGoOnAsync($"make the bucket {bucket.Bucket}", cancellationToken).ConfigureAwait(false)) return;
        await Root.UseCases.MakeBucket.RunAsync(bucket, cancellationToken).ConfigureAwait(false);
        await EmitAsync(new BucketInfo(bucket.Bucket, null).ToOutput(), cancellationToken).ConfigureAwait(false);
    }
}
