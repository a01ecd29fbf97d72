using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Completion;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Base;

/// <summary>A cmdlet that does something with whole buckets, one after the other.</summary>
public abstract class BucketCommand : ConnectedCommand
{
    private protected BucketCommand()
    {
    }

    /// <summary>The bucket: its name, or s3://name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BucketCompleter))]
    [Alias("Uri")]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819", Justification = "Parameters that take several values are arrays.")]
    public string[] Bucket { get; set; } = [];

    /// <inheritdoc/>
    private protected sealed override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var text in Bucket)
            await EachAsync(text, () => HandleAsync(BucketName.Parse(text), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does it with one bucket.</summary>
    private protected abstract Task HandleAsync(S3Uri bucket, CancellationToken cancellationToken);

    /// <summary>Writes a bucket's grants.</summary>
    private protected async Task EmitGrantsAsync(S3Uri bucket, CancellationToken cancellationToken)
    {
        var acl = await Root.Care.GetAclAsync(bucket.Bucket, cancellationToken).ConfigureAwait(false);
        foreach (var grant in acl.ToOutput(bucket)) await EmitAsync(grant, cancellationToken).ConfigureAwait(false);
    }
}
