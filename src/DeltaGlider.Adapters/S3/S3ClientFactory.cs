using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace DeltaGlider.Adapters.S3;

/// <summary>Sets the SDK's client up.</summary>
internal static class S3ClientFactory
{
    /// <summary>A client of AWS, or of another store at <paramref name="endpoint"/>.</summary>
    public static S3Client Create(AWSCredentials credentials, string region, Uri? endpoint)
    {
        var http = new S3HttpClientFactory();
        var config = new AmazonS3Config
        {
            HttpClientFactory = http,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 3,
            // Endpoints were looked up here, in the documented order, and the environment may be a test's.
            IgnoreConfiguredEndpointUrls = true,
        };
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        else
        {
            config.ServiceURL = endpoint.GetLeftPart(UriPartial.Path);
            config.AuthenticationRegion = region;
            config.ForcePathStyle = true;
            // Most other stores know neither the checksum trailers nor the headers the SDK adds by default since 3.7.412
            // (https://github.com/aws/aws-sdk-net/issues/3610).
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }

        return new S3Client(new AmazonS3Client(credentials, config), http, endpoint);
    }
}
