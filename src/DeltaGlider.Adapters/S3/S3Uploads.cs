using System.Runtime.CompilerServices;
using Amazon.S3.Model;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.S3;

/// <summary>Multipart uploads that were neither completed nor aborted.</summary>
internal sealed class S3Uploads(S3Client client)
{
    /// <summary>Lists them.</summary>
    public async IAsyncEnumerable<PendingUpload> ListAsync(string bucket, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var uri = new S3Uri(bucket, "");
        var ask = new ListMultipartUploadsRequest { BucketName = bucket, Encoding = Amazon.S3.EncodingType.Url };
        while (true)
        {
            var page = await client.AskBucketAsync(uri, s3 => s3.ListMultipartUploadsAsync(ask, cancellationToken), cancellationToken).ConfigureAwait(false);
            var uploads = page.MultipartUploads ?? [];
            // Ceph encodes the keys as it is asked to, and does not say so.
            var encoded = page.EncodingType == Amazon.S3.EncodingType.Url || uploads.TrueForAll(upload => upload.Key.All(IsOfEncodedText));
            foreach (var upload in uploads)
            {
                var begun = upload.Initiated is { } time ? new DateTimeOffset(time.ToUniversalTime()) : default;
                yield return new PendingUpload(uri.WithKey(S3Descriptions.Key(upload.Key, encoded)), upload.UploadId, begun);
            }

            if (page.IsTruncated != true || string.IsNullOrEmpty(page.NextKeyMarker)) yield break;
            ask.KeyMarker = S3Descriptions.Key(page.NextKeyMarker, encoded);
            ask.UploadIdMarker = page.NextUploadIdMarker;
        }
    }

    /// <summary>Aborts one.</summary>
    public async ValueTask AbortAsync(PendingUpload upload, CancellationToken cancellationToken)
    {
        var request = new AbortMultipartUploadRequest { BucketName = upload.Uri.Bucket, Key = upload.Uri.Key, UploadId = upload.Id };
        try
        {
            await client.AskAsync(upload.Uri, s3 => s3.AbortMultipartUploadAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.ObjectNotFound)
        {
            // NoSuchUpload: it was finished or aborted meanwhile.
        }
    }

    private static bool IsOfEncodedText(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '/' or '*' or '%' or '+';
}
