using System.Management.Automation;
using DeltaGlider.Base;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Commands;

/// <summary>Says who may do what with a bucket, one object for each grant.</summary>
[Cmdlet(VerbsCommon.Get, "DGBucketAcl")]
[OutputType(typeof(DGBucketGrant))]
public sealed class GetDGBucketAclCommand : BucketCommand
{
    /// <inheritdoc/>
    private protected override Task HandleAsync(S3Uri bucket, CancellationToken cancellationToken) => EmitGrantsAsync(bucket, cancellationToken);
}
