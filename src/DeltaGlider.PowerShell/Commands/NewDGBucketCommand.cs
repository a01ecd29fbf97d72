using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>Makes buckets. One that is there already and one's own is left as it is.</summary>
[Cmdlet(VerbsCommon.New, "DGBucket", SupportsShouldProcess = true)]
[OutputType(typeof(DGObject))]
public sealed class NewDGBucketCommand : ConnectedCommand
{
    /// <summary>The bucket.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Uri")]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] Bucket { get; set; } = [];

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var text in Bucket)
            await EachAsync(text, () => MakeAsync(BucketName.Parse(text), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task MakeAsync(S3Uri bucket, CancellationToken cancellationToken)
    {
        if (!await ShouldGoOnAsync($"make the bucket {bucket.Bucket}", cancellationToken).ConfigureAwait(false)) return;
        await Root.Store.CreateBucketAsync(bucket.Bucket, cancellationToken).ConfigureAwait(false);
        await EmitAsync(new BucketInfo(bucket.Bucket, null).ToOutput(), cancellationToken).ConfigureAwait(false);
    }
}
