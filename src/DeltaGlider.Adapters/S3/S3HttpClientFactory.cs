using Amazon.Runtime;

namespace DeltaGlider.Adapters.S3;

/// <summary>One HTTP client for one store.</summary>
internal sealed class S3HttpClientFactory : HttpClientFactory, IDisposable
{
    private readonly HttpClient _client;

    /// <summary>Makes the client.</summary>
    public S3HttpClientFactory()
    {
        Handler = new RequestHandler(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
            UseCookies = false,
        });
        _client = new HttpClient(Handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>What every request passes through.</summary>
    public RequestHandler Handler { get; }

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
