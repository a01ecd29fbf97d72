using Amazon.Runtime;
using Amazon.S3.Model;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.S3;

/// <summary>Removes from S3.</summary>
internal sealed class S3Remover(S3Client client, S3Reader reader)
{
    /// <summary>
    /// Removes an object. With <paramref name="ifMatch"/>, the version is compared by a HEAD and the DELETE is made
    /// conditional too: AWS decides it atomically, while Ceph before 20 and others ignore the header, and there a write
    /// between HEAD and DELETE can be lost.
    /// </summary>
    public async ValueTask<bool> DeleteAsync(S3Uri uri, string? ifMatch, CancellationToken cancellationToken)
    {
        if (ifMatch is null)
        {
            await SendAsync(uri, null, cancellationToken).ConfigureAwait(false);
            return true;
        }

        // Ceph compares the header with the bare ETag to the letter, others want the quotes that RFC 9110 asks for.
        foreach (var form in new[] { ifMatch, $"\"{ifMatch}\"" })
        {
            if ((await reader.FindAsync(uri, cancellationToken).ConfigureAwait(false))?.ETag != ifMatch) return false;
            var trace = new RequestTrace();
            try
            {
                await SendAsync(uri, form, cancellationToken, trace).ConfigureAwait(false);
                return true;
            }
            catch (DeltaGliderException e) when (e.InnerException is AmazonServiceException { ErrorCode: "NotImplemented" } or AmazonServiceException { StatusCode: System.Net.HttpStatusCode.NotImplemented })
            {
                // No conditional deletes here: the HEAD has to do.
                await SendAsync(uri, null, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (DeltaGliderException e) when (e.Kind is ErrorKind.AlreadyExists or ErrorKind.ObjectNotFound)
            {
                // Not that version, or not that form, or our own first try did it and its answer was lost.
                if (trace.WasRepeated && await reader.FindAsync(uri, cancellationToken).ConfigureAwait(false) is null) return true;
            }
        }

        return false;
    }

    private Task<DeleteObjectResponse> SendAsync(S3Uri uri, string? ifMatch, CancellationToken cancellationToken, RequestTrace? trace = null)
    {
        var request = new DeleteObjectRequest { BucketName = uri.Bucket, Key = uri.Key, IfMatch = ifMatch };
        return client.AskAsync(uri, s3 => s3.DeleteObjectAsync(request, cancellationToken), cancellationToken, trace);
    }
}
