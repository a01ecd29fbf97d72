using Amazon.Runtime;
using Amazon.S3;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Contract;

/// <summary>The real S3 server, through the adapter and past it.</summary>
internal static class RealStore
{
    public static ValueTask<StoreConnection> ConnectAsync(Func<S3ConnectionOptions, S3ConnectionOptions>? change = null)
    {
        var server = S3Server.Demand();
        var options = new S3ConnectionOptions { EndpointUrl = server.Endpoint, AccessKey = server.AccessKey, SecretKey = server.SecretKey };
        return new StoreConnector(_ => null).ConnectAsync(change is null ? options : change(options), TestContext.Current.CancellationToken);
    }

    public static async Task EmptyAsync(IObjectStore store, string bucket)
    {
        var keys = new List<string>();
        await foreach (var page in store.ListAsync(new ListRequest(bucket, ""), CancellationToken.None)) keys.AddRange(page.Objects.Select(o => o.Key));
        await Parallel.ForEachAsync(keys, async (key, token) => await store.DeleteAsync(new S3Uri(bucket, key), null, token));
        using var sdk = Sdk();
        await sdk.DeleteBucketAsync(bucket);
    }

    public static async Task<IReadOnlyList<Amazon.S3.Model.MultipartUpload>> UploadsAsync(string bucket)
    {
        using var sdk = Sdk();
        return (await sdk.ListMultipartUploadsAsync(bucket)).MultipartUploads ?? [];
    }

    /// <summary>The bare SDK.</summary>
    public static AmazonS3Client Sdk()
    {
        var server = S3Server.Demand();
        return new AmazonS3Client(
            new BasicAWSCredentials(server.AccessKey, server.SecretKey),
            new AmazonS3Config { ServiceURL = server.Endpoint, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
    }
}
