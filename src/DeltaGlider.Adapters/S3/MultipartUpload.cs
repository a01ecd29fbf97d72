using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.S3;

/// <summary>Writes a large object in parts, several at once. What fails or is cancelled is aborted, and leaves nothing.</summary>
internal sealed class MultipartUpload(S3Client client, S3Reader reader, long minPartSize)
{
    private const int MaxParts = 10_000;
    private const int Parallelism = 4;
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(10);

    /// <summary>Stores an object.</summary>
    public async ValueTask<StoredObject> PutAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var uri = request.Target;
        var uploadId = await BeginAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            var parts = await SendPartsAsync(request, uploadId, progress, cancellationToken).ConfigureAwait(false);
            await CompleteAsync(request, uploadId, parts, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await AbortAsync(uri, uploadId).ConfigureAwait(false);
            throw;
        }

        // Ceph's answer lacks the ETag.
        return await reader.FindAsync(uri, cancellationToken).ConfigureAwait(false)
            ?? throw new DeltaGliderException(ErrorKind.StoreUnavailable, uri.ToString(), $"'{uri}' was stored and is not there: somebody else removed it.");
    }

    private async Task<string> BeginAsync(PutRequest request, CancellationToken cancellationToken)
    {
        var begin = new InitiateMultipartUploadRequest
        {
            BucketName = request.Target.Bucket,
            Key = request.Target.Key,
            ContentType = request.ContentType,
            StorageClass = request.StorageClass is null ? null : new S3StorageClass(request.StorageClass),
        };
        S3Writer.Fill(begin.Metadata, request);
        return (await client.AskAsync(request.Target, s3 => s3.InitiateMultipartUploadAsync(begin, cancellationToken), cancellationToken).ConfigureAwait(false)).UploadId;
    }

    private async Task<PartETag[]> SendPartsAsync(PutRequest request, string uploadId, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var length = request.Content.Length;
        var partSize = Math.Max(minPartSize, (length + MaxParts - 1) / MaxParts);
        var parts = new PartETag[(length + partSize - 1) / partSize];
        var total = new TotalProgress(progress);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, parts.Length), options, async (index, token) =>
        {
            var start = index * partSize;
            parts[index] = await SendPartAsync(request, uploadId, index + 1, start, Math.Min(partSize, length - start), total.Part(), token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return parts;
    }

    private async Task<PartETag> SendPartAsync(
        PutRequest request, string uploadId, int number, long start, long length, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var stream = await request.Content.OpenAsync(cancellationToken).ConfigureAwait(false);
        stream.Position = start;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var content = new GuardedRead(stream, request.Target, length, progress) { OnFailure = stop.Cancel };
        var part = new UploadPartRequest
        {
            BucketName = request.Target.Bucket,
            Key = request.Target.Key,
            UploadId = uploadId,
            PartNumber = number,
            PartSize = length,
            InputStream = content,
        };
        try
        {
            var response = await client.AskAsync(request.Target, s3 => s3.UploadPartAsync(part, stop.Token), stop.Token).ConfigureAwait(false);
            return new PartETag(number, response.ETag);
        }
        catch (Exception) when (content.Failure is not null && !cancellationToken.IsCancellationRequested)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(content.Failure);
            throw;
        }
    }

    private async Task CompleteAsync(PutRequest request, string uploadId, PartETag[] parts, CancellationToken cancellationToken)
    {
        var complete = new CompleteMultipartUploadRequest
        {
            BucketName = request.Target.Bucket,
            Key = request.Target.Key,
            UploadId = uploadId,
            PartETags = [.. parts],
            IfNoneMatch = request.Condition == PutCondition.IfAbsent ? "*" : null,
        };
        var trace = new RequestTrace();
        try
        {
            await client.AskAsync(request.Target, s3 => s3.CompleteMultipartUploadAsync(complete, cancellationToken), cancellationToken, trace).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (trace.WasRepeated && e.Kind is (ErrorKind.ObjectNotFound or ErrorKind.AlreadyExists or ErrorKind.StoreRefused))
        {
            // NoSuchUpload on a second try: the first one did it, if the object there is made of just these parts.
            var found = await reader.FindAsync(request.Target, cancellationToken).ConfigureAwait(false);
            if (found is null || found.ETag != ETagOf(parts)) throw;
        }
    }

    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html: the MD5 of the parts' MD5s.
    private static string? ETagOf(PartETag[] parts)
    {
        try
        {
            var all = parts.SelectMany(part => Convert.FromHexString(S3Descriptions.Bare(part.ETag))).ToArray();
#pragma warning disable CA5351 // It is what the store computes; it protects nothing.
            return $"{Convert.ToHexString(MD5.HashData(all)).ToLowerInvariant()}-{parts.Length}";
#pragma warning restore CA5351
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private async Task AbortAsync(S3Uri uri, string uploadId)
    {
        // Not under the caller's token: it may be cancelled, and the parts cost money until they are gone.
        using var limited = new CancellationTokenSource(AbortPatience);
        try
        {
            var abort = new AbortMultipartUploadRequest { BucketName = uri.Bucket, Key = uri.Key, UploadId = uploadId };
            await client.AskAsync(uri, s3 => s3.AbortMultipartUploadAsync(abort, limited.Token), limited.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DeltaGliderException or OperationCanceledException)
        {
            // The error on its way out matters more; a stale upload is found and aborted later.
        }
    }
}
