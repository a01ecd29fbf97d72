using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Makes a link with which anybody can fetch an object for a while. An object stored whole is linked to as it is; of a
/// delta the file is restored into the tool's own part of the bucket, proven by its SHA-256 before it is uploaded, and
/// marked with when it can go.
/// </summary>
public sealed class PresignObject
{
    /// <summary>No link is good for longer
    /// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ShareObjectPreSignedURL.html).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    // A temporary outlasts its link: what is fetched at the last moment takes a while.
    private static readonly TimeSpan Reserve = TimeSpan.FromHours(1);

    private readonly IObjectStore _store;
    private readonly IPresigner _presigner;
    private readonly VariantLocator _locator;
    private readonly ObjectRestorer _restorer;
    private readonly ILocalFiles _files;
    private readonly MetadataWriter _metadata;
    private readonly TimeProvider _time;

    internal PresignObject(IObjectStore store, IPresigner presigner, VariantLocator locator, ObjectRestorer restorer, ILocalFiles files, MetadataWriter metadata, TimeProvider time)
    {
        _store = store;
        _presigner = presigner;
        _locator = locator;
        _restorer = restorer;
        _files = files;
        _metadata = metadata;
        _time = time;
    }

    /// <summary>Says what making the link would do. Changes nothing.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.NotSupported"/> of a store without an address,
    /// <see cref="ErrorKind.ObjectNotFound"/>, <see cref="ErrorKind.InvalidArgument"/>, or what the store reports.</exception>
    public async ValueTask<PresignPlan> PlanAsync(PresignObjectRequest request, CancellationToken cancellationToken)
    {
        var uri = request.Uri;
        if (uri.Key.Length == 0) throw Fail.InvalidArgument(uri.ToString(), $"{uri} names no object.", "Write it as s3://bucket/key.");
        if (request.Expires < TimeSpan.FromSeconds(1) || request.Expires > Longest)
            throw Fail.InvalidArgument(uri.ToString(), $"A link is good for a second to {Longest.TotalDays:0} days, and not for {request.Expires}.");

        // A store that cannot make links says so now, and not when a file has been restored for one.
        await _presigner.PresignAsync(new PresignRequest(uri, request.Expires), cancellationToken).ConfigureAwait(false);
        return new PresignPlan(request, await _locator.LocateAsync(uri, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Makes the link.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ChecksumMismatch"/>, and no link is made; what keeps the
    /// object from being restored; what the store reports.</exception>
    public ValueTask<PresignResult> RunAsync(PresignPlan plan, IProgressSink? progress, CancellationToken cancellationToken) =>
        Operation.RunAsync("presign", plan.Request.Uri, async operation =>
        {
            operation.Tell("storage", Measures.NameOf(plan.Source.Kind));
            operation.Tell("size", plan.Source.Size);
            if (plan.NeedsTemporary) return await RestoreAsync(plan, progress, cancellationToken).ConfigureAwait(false);
            var source = plan.Request.Verify ? (await ReadBackAsync(plan.Source, Stream.Null, progress, cancellationToken).ConfigureAwait(false)).Source : plan.Source;
            var (size, sha256) = (source.Size, source.Metadata.FileSha256);
            return await LinkAsync(plan, source.Stored.Uri, size, sha256, plan.Request.Verify && sha256 is not null, cancellationToken).ConfigureAwait(false);
        });

    private async ValueTask<PresignResult> RestoreAsync(PresignPlan plan, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var logical = plan.Source.Logical;
        var scratch = _files.BeginScratch(plan.Source.Size > 0 ? plan.Source.Size : null);
        await using var closing = scratch.ConfigureAwait(false);
        var restored = await ReadBackAsync(plan.Source, scratch.Stream, progress, cancellationToken).ConfigureAwait(false);
        await scratch.Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        var digest = await ContentHasher.HashAsync(scratch, null, cancellationToken).ConfigureAwait(false);
        if (digest.Sha256 != restored.Actual) throw Fail.FileChanged(logical.ToString());

        var temporary = TemporaryKeys.New(logical.Bucket, logical.Name);
        var now = _time.GetUtcNow();
        var request = new PutRequest(temporary, scratch, _metadata.ForTemporary(temporary, logical, digest, now, now + plan.Request.Expires + Reserve))
        {
            ContentType = ContentTypes.Of(logical.Name),
        };
        await _store.PutAsync(request, UploadProgress.For(progress, logical, digest.Length), cancellationToken).ConfigureAwait(false);
        return await LinkAsync(plan, temporary, digest.Length, digest.Sha256, isVerified: true, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<RestoredContent> ReadBackAsync(ResolvedObject source, Stream destination, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var restored = await _restorer.RestoreAsync(source, destination, progress, cancellationToken).ConfigureAwait(false);
        if (restored.IsMismatch) throw Fail.ChecksumMismatch(source.Logical, restored.Expected!, restored.Actual);
        return restored;
    }

    private async ValueTask<PresignResult> LinkAsync(PresignPlan plan, S3Uri target, long size, Sha256Digest? sha256, bool isVerified, CancellationToken cancellationToken)
    {
        var expires = _time.GetUtcNow() + plan.Request.Expires;
        var logical = plan.Source.Logical;
        var link = await _presigner.PresignAsync(new PresignRequest(target, plan.Request.Expires) { FileName = logical.Name }, cancellationToken).ConfigureAwait(false);
        return new PresignResult(logical, link, expires, target, size, sha256, isVerified);
    }
}
