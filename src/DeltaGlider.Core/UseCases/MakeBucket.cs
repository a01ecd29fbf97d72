using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases;

/// <summary>Makes a bucket. One that is there already and the caller's own is left as it is.</summary>
public sealed class MakeBucket
{
    private readonly IObjectWriter _store;

    internal MakeBucket(IObjectWriter store) => _store = store;

    /// <summary>Makes the bucket.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.AlreadyExists"/> when the name is somebody else's,
    /// <see cref="ErrorKind.AccessDenied"/>, or what else the store reports.</exception>
    public async ValueTask RunAsync(S3Uri bucket, CancellationToken cancellationToken) =>
        await Operation.RunAsync("make_bucket", bucket, async _ =>
        {
            await _store.CreateBucketAsync(bucket.Bucket, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
}
