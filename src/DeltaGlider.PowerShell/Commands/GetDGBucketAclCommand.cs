using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>Says who may do what with a bucket, one object for each grant.</summary>
[Cmdlet(VerbsCommon.Get, "DGBucketAcl")]
[OutputType(typeof(DGBucketGrant))]
public sealed class GetDGBucketAclCommand : ConnectedCommand
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
            await EachAsync(text, () => TellAsync(BucketName.Parse(text), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task TellAsync(S3Uri bucket, CancellationToken cancellationToken)
    {
        var acl = await Root.Care.GetAclAsync(bucket.Bucket, cancellationToken).ConfigureAwait(false);
        foreach (var grant in acl.ToOutput(bucket)) await EmitAsync(grant, cancellationToken).ConfigureAwait(false);
    }
}
