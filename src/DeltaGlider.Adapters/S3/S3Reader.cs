using System.Runtime.CompilerServices;
using Amazon.S3.Model;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using BucketInfo = DeltaGlider.Core.Model.BucketInfo;

namespace DeltaGlider.Adapters.S3;

/// <summary>Reads from S3.</summary>
internal sealed class S3Reader(S3Client client, S3ConnectionOptions options, TransferGate gate)
{
    /// <summary>A HEAD; null for a missing key.</summary>
    public async ValueTask<StoredObject?> FindAsync(S3Uri uri, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetObjectMetadataRequest { BucketName = uri.Bucket, Key = uri.Key };
            return S3Descriptions.Describe(uri, await client.AskAsync(uri, s3 => s3.GetObjectMetadataAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false));
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.ObjectNotFound)
        {
            await client.NeedBucketAsync(uri, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.AccessDenied)
        {
            // Without a body, a wrong secret looks like a missing right. A GET of one byte is refused with reasons.
            using var _ = await GetAsync(uri, 0, 0, null, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A GET whose stream picks itself up again; of a large object, several for parts of it.</summary>
    public async ValueTask<OpenedObject> OpenAsync(S3Uri uri, CancellationToken cancellationToken)
    {
        var response = await GetAsync(uri, null, null, null, cancellationToken).ConfigureAwait(false);
        var description = S3Descriptions.Describe(uri, response);
        // A store that does not say it knows ranges is asked for one only when a body breaks off.
        Stream stream = description.Size > options.RangedThreshold && response.AcceptRanges == "bytes"
            ? new RangedStream(description, options.RangeSize, gate, OpenRange)
            : OpenRange(0, description.Size);
        return new OpenedObject(description, stream);

        ResumingStream OpenRange(long from, long end) =>
            new(description, from, end, from == 0 ? response : null, (first, last, token) => GetAsync(uri, first, last, description.ETag, token), client.Name);
    }

    /// <summary>Lists page by page.</summary>
    public async IAsyncEnumerable<ListPage> ListAsync(ListRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var uri = new S3Uri(request.Bucket, request.Prefix);
        var ask = new ListObjectsV2Request
        {
            BucketName = request.Bucket,
            Prefix = request.Prefix.Length == 0 ? null : request.Prefix,
            Delimiter = request.Delimiter,
            StartAfter = string.IsNullOrEmpty(request.StartAfter) ? null : request.StartAfter,
            MaxKeys = request.PageSize,
            // XML cannot hold every character that a key may have.
            Encoding = Amazon.S3.EncodingType.Url,
        };
        while (true)
        {
            var page = await client.AskBucketAsync(uri, s3 => s3.ListObjectsV2Async(ask, cancellationToken), cancellationToken).ConfigureAwait(false);
            var encoded = page.Encoding == Amazon.S3.EncodingType.Url;
            yield return new ListPage(
                [.. (page.S3Objects ?? []).Select(listed => S3Descriptions.List(listed, encoded))],
                [.. (page.CommonPrefixes ?? []).Select(prefix => S3Descriptions.Key(prefix, encoded))]);
            if (page.IsTruncated != true || string.IsNullOrEmpty(page.NextContinuationToken)) yield break;
            ask.ContinuationToken = page.NextContinuationToken;
        }
    }

    /// <summary>Lists the buckets.</summary>
    public async IAsyncEnumerable<BucketInfo> ListBucketsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buckets = new List<BucketInfo>();
        var ask = new ListBucketsRequest();
        do
        {
            var page = await client.AskBucketAsync(S3Uri.AllBuckets, s3 => s3.ListBucketsAsync(ask, cancellationToken), cancellationToken).ConfigureAwait(false);
            buckets.AddRange((page.Buckets ?? []).Select(b => new BucketInfo(b.BucketName, b.CreationDate is { } made ? new DateTimeOffset(made.ToUniversalTime()) : null)));
            ask.ContinuationToken = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(ask.ContinuationToken));
        foreach (var bucket in buckets.OrderBy(bucket => bucket.Name, StringComparer.Ordinal)) yield return bucket;
    }

    private Task<GetObjectResponse> GetAsync(S3Uri uri, long? from, long? to, string? etag, CancellationToken cancellationToken)
    {
        var request = new Amazon.S3.Model.GetObjectRequest
        {
            BucketName = uri.Bucket,
            Key = uri.Key,
            EtagToMatch = etag is null ? null : $"\"{etag}\"",
            ByteRange = from is { } start && to is { } end ? new ByteRange(start, end) : null,
        };
        return client.AskAsync(uri, s3 => s3.GetObjectAsync(request, cancellationToken), cancellationToken);
    }
}
