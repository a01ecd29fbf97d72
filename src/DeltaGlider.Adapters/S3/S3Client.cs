using System.Collections.Concurrent;
using Amazon.S3;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.S3;

/// <summary>The SDK's client with what every request here needs: the translation of errors and the counting of attempts.</summary>
internal sealed class S3Client(AmazonS3Client sdk, S3HttpClientFactory http, Uri? endpoint) : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _knownBuckets = new(StringComparer.Ordinal);

    /// <summary>True for AWS itself.</summary>
    public bool IsAws => endpoint is null;

    /// <summary>True where nothing is encrypted on the way.</summary>
    public bool IsPlain => endpoint?.Scheme == Uri.UriSchemeHttp;

    /// <summary>The store's name in messages.</summary>
    public string Name => endpoint is null ? "S3" : endpoint.GetLeftPart(UriPartial.Authority);

    /// <summary>Makes a request about an object, and an error of the domain of its failure.</summary>
    public Task<T> AskAsync<T>(S3Uri uri, Func<IAmazonS3, Task<T>> request, CancellationToken cancellationToken, RequestTrace? trace = null)
    {
        trace ??= new RequestTrace();
        trace.Target = uri;
        return SendAsync(uri, request, trace, cancellationToken);
    }

    /// <summary>Makes a request about a bucket or about keys with a prefix.</summary>
    public Task<T> AskBucketAsync<T>(S3Uri uri, Func<IAmazonS3, Task<T>> request, CancellationToken cancellationToken) =>
        SendAsync(uri, request, new RequestTrace(), cancellationToken);

    /// <summary>
    /// Throws when the bucket is not there: the 404 of a HEAD has no body that would tell. Asked once per bucket; who may
    /// not ask is taken to have one.
    /// </summary>
    public async Task NeedBucketAsync(S3Uri uri, CancellationToken cancellationToken)
    {
        if (_knownBuckets.ContainsKey(uri.Bucket)) return;
        try
        {
            await AskBucketAsync(uri, s3 => s3.HeadBucketAsync(new() { BucketName = uri.Bucket }, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind is ErrorKind.ObjectNotFound or ErrorKind.BucketNotFound)
        {
            throw S3Errors.NoBucket(uri, Name, e.InnerException, e.RequestId);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.AccessDenied)
        {
            // It exists, then.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sdk.Dispose();
        http.Dispose();
    }

    private async Task<T> SendAsync<T>(S3Uri uri, Func<IAmazonS3, Task<T>> request, RequestTrace trace, CancellationToken cancellationToken)
    {
        http.Handler.Follow(trace);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var response = await request(sdk).ConfigureAwait(false);
            if (uri.Bucket.Length > 0) _knownBuckets.TryAdd(uri.Bucket, true);
            return response;
        }
        catch (Exception e) when (e is not DeltaGliderException)
        {
            // The SDK wraps a cancellation now and then; the caller is to see its own.
            cancellationToken.ThrowIfCancellationRequested();
            throw S3Errors.Translate(e, uri, Name);
        }
    }
}
