using System.Runtime.CompilerServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>Of a store that keeps objects and offers nothing else: it has no pending uploads, and the rest is not supported.</summary>
public sealed class NoBucketCare : IBucketCare
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<PendingUpload> ListUploadsAsync(string bucket, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield break;
    }

    /// <inheritdoc/>
    public ValueTask<bool> AbortUploadAsync(PendingUpload upload, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    /// <inheritdoc/>
    public ValueTask<Uri> PresignAsync(PresignRequest request, CancellationToken cancellationToken) => throw Fail.NotSupported(request.Uri, "make links to objects");

    /// <inheritdoc/>
    public ValueTask DeleteBucketAsync(string bucket, CancellationToken cancellationToken) => throw Fail.NotSupported(new S3Uri(bucket, ""), "remove buckets");

    /// <inheritdoc/>
    public ValueTask<BucketAcl> GetAclAsync(string bucket, CancellationToken cancellationToken) => throw Fail.NotSupported(new S3Uri(bucket, ""), "say who may do what");

    /// <inheritdoc/>
    public ValueTask SetAclAsync(string bucket, AclChange change, CancellationToken cancellationToken) => throw Fail.NotSupported(new S3Uri(bucket, ""), "say who may do what");
}
