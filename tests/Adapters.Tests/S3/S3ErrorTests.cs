using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Adapters.Tests.Contract;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.S3;

public sealed class S3ErrorTests
{
    private static readonly S3Uri Uri = new("bucket", "a/b.zip");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("NoSuchBucket", 404, ErrorKind.BucketNotFound)]
    [InlineData("NoSuchKey", 404, ErrorKind.ObjectNotFound)]
    [InlineData("", 404, ErrorKind.ObjectNotFound)]
    [InlineData("AccessDenied", 403, ErrorKind.AccessDenied)]
    [InlineData("", 403, ErrorKind.AccessDenied)]
    [InlineData("InvalidAccessKeyId", 403, ErrorKind.CredentialsRejected)]
    [InlineData("SignatureDoesNotMatch", 403, ErrorKind.CredentialsRejected)]
    [InlineData("ExpiredToken", 400, ErrorKind.CredentialsRejected)]
    [InlineData("InvalidClientTokenId", 403, ErrorKind.CredentialsRejected)]
    [InlineData("RequestTimeTooSkewed", 403, ErrorKind.CredentialsRejected)]
    [InlineData("AuthorizationHeaderMalformed", 400, ErrorKind.CredentialsRejected)]
    [InlineData("PreconditionFailed", 412, ErrorKind.AlreadyExists)]
    [InlineData("", 412, ErrorKind.AlreadyExists)]
    [InlineData("ConditionalRequestConflict", 409, ErrorKind.AlreadyExists)]
    [InlineData("BucketAlreadyExists", 409, ErrorKind.AlreadyExists)]
    [InlineData("MetadataTooLarge", 400, ErrorKind.MetadataTooLarge)]
    [InlineData("QuotaExceeded", 403, ErrorKind.StoreFull)]
    [InlineData("", 507, ErrorKind.StoreFull)]
    [InlineData("SlowDown", 503, ErrorKind.Throttled)]
    [InlineData("", 503, ErrorKind.Throttled)]
    [InlineData("", 429, ErrorKind.Throttled)]
    [InlineData("ServiceUnavailable", 503, ErrorKind.StoreUnavailable)]
    [InlineData("InternalError", 500, ErrorKind.StoreUnavailable)]
    [InlineData("", 502, ErrorKind.StoreUnavailable)]
    [InlineData("RequestTimeout", 400, ErrorKind.StoreUnavailable)]
    [InlineData("OperationAborted", 409, ErrorKind.StoreUnavailable)]
    [InlineData("BadDigest", 400, ErrorKind.TransferBroken)]
    [InlineData("EntityTooLarge", 400, ErrorKind.InvalidArgument)]
    [InlineData("InvalidArgument", 400, ErrorKind.InvalidArgument)]
    [InlineData("InvalidBucketName", 400, ErrorKind.InvalidArgument)]
    [InlineData("NotImplemented", 501, ErrorKind.StoreRefused)]
    [InlineData("PermanentRedirect", 301, ErrorKind.StoreRefused)]
    [InlineData("SomethingNew", 400, ErrorKind.StoreRefused)]
    public void Each_answer_has_its_kind(string code, int status, ErrorKind kind)
    {
        var answer = new AmazonS3Exception("", ErrorType.Unknown, code, "req-7", (HttpStatusCode)status);
        var error = S3Errors.Translate(answer, Uri, "https://s3.example");
        Assert.Equal(kind, error.Kind);
        Assert.Equal("req-7", error.RequestId);
        Assert.Equal(Uri.ToString(), error.Subject);
        if (kind != ErrorKind.BucketNotFound) Assert.Contains(Uri.ToString(), error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.FullText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_and_an_unknown_key_are_rejected_credentials_on_every_call()
    {
        var bucket = $"dg-test-{Guid.NewGuid():n}"[..30];
        using var right = await RealStore.ConnectAsync();
        await right.Store.CreateBucketAsync(bucket, Cancel);
        await right.Store.PutAsync(new PutRequest(new S3Uri(bucket, "a"), new BytesContent(new byte[5]), System.Collections.Immutable.ImmutableDictionary<string, string>.Empty), null, Cancel);
        foreach (var (access, secret) in new[] { (S3Server.Demand().AccessKey, "wrong-secret-wrong-secret"), ("NOSUCHKEY", "wrong-secret-wrong-secret") })
        {
            using var wrong = await RealStore.ConnectAsync(options => options with { AccessKey = access, SecretKey = secret });
            var uri = new S3Uri(bucket, "a");
            Func<Task>[] calls =
            [
                async () => await wrong.Store.FindAsync(uri, Cancel),
                async () => await wrong.Store.FindAsync(uri.WithKey("missing"), Cancel),
                async () => await wrong.Store.OpenAsync(uri, Cancel),
                async () => await wrong.Store.PutAsync(new PutRequest(uri, new BytesContent(new byte[5]), System.Collections.Immutable.ImmutableDictionary<string, string>.Empty), null, Cancel),
                async () => await wrong.Store.DeleteAsync(uri, null, Cancel),
                async () => await wrong.Store.DeleteAsync(uri, "0", Cancel),
                async () => await wrong.Store.ListAsync(new ListRequest(bucket, ""), Cancel).GetAsyncEnumerator(Cancel).MoveNextAsync(),
                async () => await wrong.Store.ListBucketsAsync(Cancel).GetAsyncEnumerator(Cancel).MoveNextAsync(),
            ];
            foreach (var call in calls)
            {
                var error = await Assert.ThrowsAsync<DeltaGliderException>(call);
                Assert.True(error.Kind == ErrorKind.CredentialsRejected, $"{error}");
                Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain(secret, wrong.Description, StringComparison.Ordinal);
            }
        }

        await RealStore.EmptyAsync(right.Store, bucket);
    }

    [Fact]
    public async Task An_endpoint_that_is_down_is_named()
    {
        var options = new S3ConnectionOptions { EndpointUrl = "http://127.0.0.1:1", AccessKey = "ak", SecretKey = "hidden-secret" };
        using var connection = await new StoreConnector(_ => null).ConnectAsync(options, Cancel);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await connection.Store.FindAsync(Uri, Cancel));
        Assert.Equal(ErrorKind.StoreUnavailable, error.Kind);
        Assert.Equal(ErrorNature.Transient, error.Nature);
        Assert.Contains("http://127.0.0.1:1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_S3_is_told_as_such()
    {
        using var server = new FakeServer(_ => new FakeAnswer(200) { Headers = { ["Content-Type"] = "text/html" }, Body = "<html><body>Welcome"u8.ToArray() });
        using var connection = await new StoreConnector(_ => null).ConnectAsync(new S3ConnectionOptions { EndpointUrl = server.Url, AccessKey = "ak", SecretKey = "sk" }, Cancel);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () =>
            await connection.Store.ListAsync(new ListRequest("bucket", ""), Cancel).GetAsyncEnumerator(Cancel).MoveNextAsync());
        Assert.Equal(ErrorKind.StoreRefused, error.Kind);
        Assert.Contains(server.Url, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://h:9/b/k", "b", "/k", "http://h:9/b//k")]
    [InlineData("http://h:9/b/", "b", "/", "http://h:9/b//")]
    [InlineData("http://h:9/b//k?x=/b/", "b", "//k", "http://h:9/b///k?x=/b/")]
    [InlineData("http://h/prefix/b/../k", "b", "/../k", "http://h/prefix/b//../k")]
    [InlineData("https://bkt.s3.amazonaws.com/k", "bkt", "/k", "https://bkt.s3.amazonaws.com//k")]
    public void The_path_of_a_key_with_a_leading_slash_is_mended(string sent, string bucket, string key, string mended)
    {
        var uri = new Uri(sent, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        Assert.Equal(mended, RequestHandler.Mend(uri, new S3Uri(bucket, key)).OriginalString);
    }
}
