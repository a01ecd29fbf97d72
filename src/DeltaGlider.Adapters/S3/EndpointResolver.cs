using DeltaGlider.Core.Errors;

namespace DeltaGlider.Adapters.S3;

/// <summary>Finds endpoint and region.</summary>
internal sealed class EndpointResolver(S3ConnectionOptions options, Func<string, string?> environment, ProfileFiles profiles, InstanceMetadata instance)
{
    /// <summary>
    /// The endpoint: option; <c>AWS_ENDPOINT_URL_S3</c>; <c>AWS_ENDPOINT_URL</c>; profile. Null for AWS itself.
    /// </summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/>, naming where the bad URL is from.</exception>
    public Uri? Endpoint()
    {
        var ignored = environment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") is { } text && text.Equals("true", StringComparison.OrdinalIgnoreCase);
        (string? Url, string Where)[] places =
        [
            (options.EndpointUrl, "the endpoint URL given"),
            (ignored ? null : environment("AWS_ENDPOINT_URL_S3"), "AWS_ENDPOINT_URL_S3"),
            (ignored ? null : environment("AWS_ENDPOINT_URL"), "AWS_ENDPOINT_URL"),
            (ignored ? null : profiles.Present?.EndpointUrl, $"the profile '{profiles.Asked ?? profiles.Default}'"),
        ];
        var (url, where) = Array.Find(places, place => !string.IsNullOrWhiteSpace(place.Url));
        if (url is null) return null;
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "file" && url.Contains("://", StringComparison.Ordinal)) return uri;
        throw new DeltaGliderException(ErrorKind.InvalidArgument, url, $"'{url}' ({where}) is not an endpoint URL.")
        {
            Advice = "Write it as https://host[:port], http://host[:port] or file:///folder.",
        };
    }

    /// <summary>
    /// The region: option; profile; <c>AWS_REGION</c>; <c>AWS_DEFAULT_REGION</c>; instance. With a custom endpoint, where
    /// it is only a word in the signature, <c>us-east-1</c>.
    /// </summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/> when there is none.</exception>
    public async ValueTask<string> RegionAsync(bool customEndpoint, CancellationToken cancellationToken)
    {
        string?[] places = [options.Region, profiles.Present?.Region?.SystemName, environment("AWS_REGION"), environment("AWS_DEFAULT_REGION")];
        if (Array.Find(places, region => !string.IsNullOrWhiteSpace(region)) is { } found) return found.Trim();
        if (customEndpoint) return "us-east-1";
        return await instance.TryGetRegionAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } here
            ? here
            : throw new DeltaGliderException(
                ErrorKind.InvalidArgument, "region", $"No region was found. Looked at: {options.RegionPlace}; profile '{profiles.Asked ?? profiles.Default}'; AWS_REGION; AWS_DEFAULT_REGION; instance metadata.")
            {
                Advice = "Give -Region (--region), or set AWS_REGION.",
            };
    }
}
