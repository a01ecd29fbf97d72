using System.Net;

namespace DeltaGlider.Adapters.S3;

/// <summary>
/// What an EC2 instance can be asked about itself (IMDSv2). Elsewhere nobody answers at that address, or a packet is
/// dropped in silence, so each question is given up after a second.
/// </summary>
internal sealed class InstanceMetadata(Func<string, string?> environment) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = Patience }) { Timeout = Patience };
    private string? _token;
    private bool _asked;

    /// <summary>True when the user forbade to ask.</summary>
    public bool IsDisabled => IsTrue("AWS_EC2_METADATA_DISABLED") || IsTrue("DG_DISABLE_EC2_DETECTION");

    private string Address => environment("AWS_EC2_METADATA_SERVICE_ENDPOINT") is { Length: > 0 } address ? address.TrimEnd('/') : "http://169.254.169.254";

    /// <summary>The name of the instance's role, or null.</summary>
    public async ValueTask<string?> TryGetRoleAsync(CancellationToken cancellationToken) =>
        await TryGetAsync("/latest/meta-data/iam/security-credentials/", cancellationToken).ConfigureAwait(false) is { Length: > 0 } roles
            ? roles.Split('\n')[0].Trim()
            : null;

    /// <summary>The instance's region, or null.</summary>
    public ValueTask<string?> TryGetRegionAsync(CancellationToken cancellationToken) => TryGetAsync("/latest/meta-data/placement/region", cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async ValueTask<string?> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        if (IsDisabled) return null;
        if (!_asked)
        {
            _asked = true;
            _token = await TrySendAsync(HttpMethod.Put, "/latest/api/token", "X-aws-ec2-metadata-token-ttl-seconds", "60", cancellationToken).ConfigureAwait(false);
        }

        return _token is null
            ? null
            : (await TrySendAsync(HttpMethod.Get, path, "X-aws-ec2-metadata-token", _token, cancellationToken).ConfigureAwait(false))?.Trim();
    }

    private async ValueTask<string?> TrySendAsync(HttpMethod method, string path, string header, string value, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, Address + path);
            request.Headers.Add(header, value);
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false) : null;
        }
        catch (Exception e) when (e is HttpRequestException or UriFormatException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private bool IsTrue(string variable) => environment(variable) is { } text
        && (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text == "1");
}
