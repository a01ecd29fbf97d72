namespace DeltaGlider.Adapters.S3;

/// <summary>
/// Sits between SDK and network: counts attempts for who asks, and gives up a request that nobody answers. The SDK has
/// only one time limit for the whole of a request, which a large upload on a slow line would exceed.
/// </summary>
internal sealed class RequestHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const double SlowestBytesPerSecond = 32 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly AsyncLocal<AttemptCounter?> _counter = new();

    /// <summary>Counts the attempts of the requests that the present flow of control makes from here on.</summary>
    public AttemptCounter Count() => _counter.Value = new AttemptCounter();

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _counter.Value?.Add();
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
