using Amazon.S3;
using Amazon.S3.Model;
using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;

namespace DeltaGlider.Adapters.S3;

/// <summary>Writes objects in one piece.</summary>
internal sealed class S3Writer(S3Client client, S3Reader reader, TimeProvider time, ServerSideEncryption? encryption)
{
    /// <summary>How much one PUT can take.</summary>
    public const long MaxBytes = 5L << 30;

    private const int MaxAttempts = 5;

    /// <summary>Stores an object by one PUT.</summary>
    public async ValueTask<StoredObject> PutAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stream = await request.Content.OpenAsync(cancellationToken).ConfigureAwait(false);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await using var content = new GuardedRead(stream, request.Target, request.Content.Length, progress) { OnFailure = stop.Cancel };
            var trace = new RequestTrace();
            try
            {
                var response = await SendAsync(request, content, trace, stop.Token).ConfigureAwait(false);
                return Describe(request, S3Descriptions.Bare(response.ETag));
            }
            catch (Exception) when (content.Failure is not null && !cancellationToken.IsCancellationRequested)
            {
                // The store had no part in it: what the content itself said is the cause.
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(content.Failure);
                throw;
            }
            catch (DeltaGliderException e) when (e.Kind == ErrorKind.AlreadyExists && request.Condition == PutCondition.IfAbsent)
            {
                var found = await reader.FindAsync(request.Target, cancellationToken).ConfigureAwait(false);
                if (found is not null && trace.WasRepeated && IsOurs(request, content, found)) return found;
                if (found is not null || IsPreconditionFailure(e)) throw S3Errors.AlreadyThere(request.Target, e.InnerException, e.RequestId);
                // 409: another write or delete was under way, and has left nothing. The SDK's own advice is to try again.
                if (attempt == MaxAttempts) throw new DeltaGliderException(ErrorKind.StoreUnavailable, request.Target.ToString(), $"Others kept changing '{request.Target}' while it was to be created.", e);
            }
            catch (DeltaGliderException e) when (e.Kind == ErrorKind.TransferBroken && attempt < MaxAttempts)
            {
                // What arrived was not what was sent, and so was not stored. The SDK takes this for final.
            }

            Measures.WriteRepeated();
            await Backoff.WaitAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Stores an object in place of the version that <see cref="PutRequest.IfMatch"/> names. That one is looked at first,
    /// for stores that ignore the header; those that know it decide again.
    /// </summary>
    public async ValueTask<StoredObject> ReplaceAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (request.Content.Length > MaxBytes) throw Fail.NotSupported(request.Target, "replace an object over 5 GiB as it was");

        // As with deletes: Ceph compares the header with the bare ETag to the letter, others want quotes.
        var forms = client.IsAws ? new[] { $"\"{request.IfMatch}\"" } : [request.IfMatch!, $"\"{request.IfMatch}\""];
        DeltaGliderException? last = null;
        foreach (var form in forms)
        {
            if ((await reader.FindAsync(request.Target, cancellationToken).ConfigureAwait(false))?.ETag != request.IfMatch) break;
            try
            {
                return await PutAsync(request with { IfMatch = form }, progress, cancellationToken).ConfigureAwait(false);
            }
            catch (DeltaGliderException e) when (e.Kind is ErrorKind.AlreadyExists or ErrorKind.ObjectNotFound)
            {
                last = e;
            }
        }

        throw Fail.Replaced(request.Target, last);
    }

    /// <summary>Makes a bucket.</summary>
    public async ValueTask CreateBucketAsync(string bucket, CancellationToken cancellationToken)
    {
        var uri = new S3Uri(bucket, "");
        // Another store than AWS knows no regions of AWS, and refuses them as location constraints.
        var request = new PutBucketRequest { BucketName = bucket, UseClientRegion = client.IsAws };
        try
        {
            await client.AskBucketAsync(uri, s3 => s3.PutBucketAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.InnerException is AmazonS3Exception { ErrorCode: "BucketAlreadyOwnedByYou" })
        {
            // Which is what was wanted.
        }
    }

    /// <summary>The encryption as the SDK calls it.</summary>
    public static ServerSideEncryptionMethod? MethodOf(ServerSideEncryption? encryption) =>
        encryption is null ? null : new ServerSideEncryptionMethod(encryption.Method);

    /// <summary>Puts metadata, type and class on a request.</summary>
    public static void Fill(MetadataCollection metadata, PutRequest request)
    {
        foreach (var (name, value) in request.Metadata) metadata.Add(name, value);
    }

    private static bool IsPreconditionFailure(DeltaGliderException e) =>
        e.InnerException is AmazonS3Exception { StatusCode: System.Net.HttpStatusCode.PreconditionFailed };

    // A try of ours that succeeded, and whose answer was lost, is met by the next one as somebody else's object.
    private static bool IsOurs(PutRequest request, GuardedRead content, StoredObject found) =>
        found.ETag == content.Md5
        && found.Size == request.Content.Length
        && found.Metadata.Count == request.Metadata.Count
        && request.Metadata.All(pair => found.Metadata.GetValueOrDefault(pair.Key) == pair.Value);

    private Task<PutObjectResponse> SendAsync(PutRequest request, GuardedRead content, RequestTrace trace, CancellationToken cancellationToken)
    {
        var put = new Amazon.S3.Model.PutObjectRequest
        {
            BucketName = request.Target.Bucket,
            Key = request.Target.Key,
            InputStream = content,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
            ContentType = request.ContentType,
            StorageClass = request.StorageClass is null ? null : new S3StorageClass(request.StorageClass),
            IfNoneMatch = request.Condition == PutCondition.IfAbsent ? "*" : null,
            ServerSideEncryptionMethod = MethodOf(encryption),
            ServerSideEncryptionKeyManagementServiceKeyId = encryption?.KmsKeyId,
            IfMatch = request.IfMatch,
        };
        Fill(put.Metadata, request);
        return client.AskAsync(request.Target, s3 => s3.PutObjectAsync(put, cancellationToken), cancellationToken, trace);
    }

    // The answer to a PUT has no time in it that the SDK shows. A HEAD for it would double the requests; who needs the
    // store's own time asks for it.
    private StoredObject Describe(PutRequest request, string etag) =>
        new(request.Target, request.Content.Length, time.GetUtcNow(), etag, request.ContentType, request.Metadata)
        {
            StorageClass = request.StorageClass is "STANDARD" ? null : request.StorageClass,
        };
}
