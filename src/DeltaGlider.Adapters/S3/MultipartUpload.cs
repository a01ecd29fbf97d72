using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.S3;

/// <summary>Writes a large object in parts, several at once. What fails or is cancelled is aborted, and leaves nothing.</summary>
internal sealed class MultipartUpload(S3Client client, S3Reader reader, TransferGate gate, long minPartSize, ServerSideEncryption? encryption)
{
    private const int MaxParts = 10_000;
    private const int MaxAttempts = 4;
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(10);

    // How long somebody who has cancelled is kept waiting for the store to take note of it.
    private static readonly TimeSpan CancelPatience = TimeSpan.FromMilliseconds(800);

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
            using var limited = new CancellationTokenSource(cancellationToken.IsCancellationRequested ? CancelPatience : AbortPatience);
            await AbortAsync(uri, uploadId, limited.Token).ConfigureAwait(false);
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
            ServerSideEncryptionMethod = S3Writer.MethodOf(encryption),
            ServerSideEncryptionKeyManagementServiceKeyId = encryption?.KmsKeyId,
        };
        S3Writer.Fill(begin.Metadata, request);
        cancellationToken.ThrowIfCancellationRequested();

        // Not under the caller's token: cut off, it may have begun an upload whose id nobody knows.
        using var limited = new CancellationTokenSource(AbortPatience + AbortPatience);
        var asking = client.AskAsync(request.Target, s3 => s3.InitiateMultipartUploadAsync(begin, limited.Token), limited.Token);
        try
        {
            return (await asking.WaitAsync(cancellationToken).ConfigureAwait(false)).UploadId;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await AbandonAsync(request.Target, asking, limited).ConfigureAwait(false);
            throw;
        }
    }

    private async Task AbandonAsync(S3Uri uri, Task<InitiateMultipartUploadResponse> asking, CancellationTokenSource limited)
    {
        limited.CancelAfter(CancelPatience);
        await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (asking.IsCompletedSuccessfully) await AbortAsync(uri, (await asking.ConfigureAwait(false)).UploadId, limited.Token).ConfigureAwait(false);
    }

    private async Task<PartETag[]> SendPartsAsync(PutRequest request, string uploadId, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var length = request.Content.Length;
        var partSize = Math.Max(minPartSize, (length + MaxParts - 1) / MaxParts);
        var parts = new PartETag[(length + partSize - 1) / partSize];
        var total = new TotalProgress(progress);
        var lanes = new PartLanes(gate, parts.Length, async (index, token) =>
        {
            var start = index * partSize;
            var progress = total.Part();
            for (var attempt = 1; parts[index] is null; attempt++)
            {
                try
                {
                    parts[index] = await SendPartAsync(request, uploadId, index + 1, start, Math.Min(partSize, length - start), progress, token).ConfigureAwait(false);
                }
                catch (DeltaGliderException e) when (e.Kind == ErrorKind.TransferBroken && attempt < MaxAttempts)
                {
                    // What arrived was not what was sent. The SDK takes this for final.
                    Measures.WriteRepeated();
                    await Backoff.WaitAsync(attempt, token).ConfigureAwait(false);
                }
            }
        });
        await lanes.RunAsync(cancellationToken).ConfigureAwait(false);
        return parts;
    }

    private async Task<PartETag> SendPartAsync(
        PutRequest request, string uploadId, int number, long start, long length, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var stream = await request.Content.OpenAsync(cancellationToken).ConfigureAwait(false);
        stream.Position = start;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var content = new GuardedRead(stream, request.Target, length, progress, hash: false) { OnFailure = stop.Cancel };
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

    private async Task AbortAsync(S3Uri uri, string uploadId, CancellationToken limit)
    {
        // Not under the caller's token: it may be cancelled, and the parts cost money until they are gone.
        try
        {
            var abort = new AbortMultipartUploadRequest { BucketName = uri.Bucket, Key = uri.Key, UploadId = uploadId };
            await client.AskAsync(uri, s3 => s3.AbortMultipartUploadAsync(abort, limit), limit).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DeltaGliderException or OperationCanceledException)
        {
            // The error on its way out matters more; a stale upload is found and aborted later.
        }
    }
}
