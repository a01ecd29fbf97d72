using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.S3;

/// <summary>What the user asked for is said to the store with every object, in one piece or in parts.</summary>
public sealed class EncryptionTests
{
    private const string Method = "x-amz-server-side-encryption";
    private const string Key = "x-amz-server-side-encryption-aws-kms-key-id";

    private static readonly S3Uri Uri = new("bucket", "rel/reference.bin");

    [Theory]
    [InlineData("aws:kms", "the-key", "aws:kms", "the-key")]
    [InlineData("AES256", null, "AES256", null)]
    [InlineData("aes256", null, "AES256", null)]
    [InlineData(null, "the-key", "aws:kms", "the-key")]
    [InlineData(null, null, null, null)]
    public async Task A_PUT_says_it(string? method, string? key, string? saidMethod, string? saidKey)
    {
        using var server = new FakeServer(_ => new FakeAnswer(200) { Headers = { ["ETag"] = "\"e\"" } });
        using var connection = await ConnectAsync(server, ServerSideEncryption.From(method, key));
        await connection.Store.PutAsync(new PutRequest(Uri, new BytesContent(new byte[] { 1, 2, 3 }), []) { Condition = PutCondition.IfAbsent }, null, TestContext.Current.CancellationToken);

        var put = Assert.Single(server.Requests);
        Assert.Equal((saidMethod, saidKey), (put[Method], put[Key]));
    }

    [Fact]
    public async Task An_upload_in_parts_says_it_when_it_begins()
    {
        using var server = new FakeServer(_ => FakeAnswer.Error(403, "AccessDenied"));
        using var connection = await ConnectAsync(server, ServerSideEncryption.From("aws:kms", "the-key"));
        await Assert.ThrowsAsync<DeltaGliderException>(async () =>
            await connection.Store.PutAsync(new PutRequest(Uri, new BytesContent(new byte[2000]), []), null, TestContext.Current.CancellationToken));

        var begin = server.Requests.First(request => request.Method == "POST");
        Assert.Equal(("aws:kms", "the-key"), (begin[Method], begin[Key]));
    }

    [Theory]
    [InlineData("rot13", null)]
    [InlineData("AES256", "the-key")]
    public void What_makes_no_sense_is_refused(string method, string? key) =>
        Assert.Equal(ErrorKind.InvalidArgument, Assert.Throws<DeltaGliderException>(() => ServerSideEncryption.From(method, key)).Kind);

    private static async Task<StoreConnection> ConnectAsync(FakeServer server, ServerSideEncryption? encryption) =>
        await new StoreConnector(_ => null).ConnectAsync(
            new S3ConnectionOptions { EndpointUrl = server.Url, AccessKey = "a", SecretKey = "s", Region = "us-east-1", MultipartThreshold = 1000, Encryption = encryption },
            TestContext.Current.CancellationToken);
}
