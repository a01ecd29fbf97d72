using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.S3;

/// <summary>
/// Sits between SDK and network: counts attempts, mends the path of keys that start with a slash, and gives up a request
/// that nobody answers. The SDK has only one time limit for the whole of a request, which a large upload on a slow line
/// would exceed.
/// </summary>
internal sealed class RequestHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const double SlowestBytesPerSecond = 32 * 1024;
    private const long SmallBody = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly AsyncLocal<RequestTrace?> _trace = new();

    /// <summary>Follows the requests that the present flow of control makes from here on.</summary>
    public void Follow(RequestTrace trace) => _trace.Value = trace;

    /// <summary>
    /// AWSSDK.Core 4.0.102 signs <c>/bucket//key</c> for the key <c>/key</c>, and then sends <c>/bucket/key</c>, which is
    /// refused as SignatureDoesNotMatch. This is the path that was signed.
    /// </summary>
    public static Uri Mend(Uri sent, S3Uri target)
    {
        var text = sent.OriginalString;
        var path = text.IndexOf('/', text.IndexOf("://", StringComparison.Ordinal) + 3);
        if (!sent.Host.StartsWith(target.Bucket + ".", StringComparison.Ordinal))
        {
            var bucket = text.IndexOf($"/{target.Bucket}/", path, StringComparison.Ordinal);
            if (bucket < 0) return sent;
            path = bucket + target.Bucket.Length + 1;
        }

        // Uri would otherwise resolve the dots of keys such as "/../x".
        return new Uri(text.Insert(path, "/"), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var trace = _trace.Value;
        trace?.Add();
        if (trace?.Target is { } target && target.Key.StartsWith('/')) request.RequestUri = Mend(request.RequestUri!, target);
        // Asked whether it may come, a small body costs a round trip. Worse: refused, .NET sends one under 1,024 bytes all the
        // same, Ceph leaves it unread, and answers the connection's next request with 400.
        if (request.Content?.Headers.ContentLength < SmallBody) request.Headers.ExpectContinue = false;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var limit = Patience + TimeSpan.FromSeconds((request.Content?.Headers.ContentLength ?? 0) / SlowestBytesPerSecond);
        limited.CancelAfter(limit);
        try
        {
            return await base.SendAsync(request, limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"No answer within {limit.TotalSeconds:0} seconds.", e);
        }
    }
}
