using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Contract;

public sealed class S3StoreContract : ObjectStoreContract
{
    private StoreConnection? _connection;

    public override async ValueTask DisposeAsync()
    {
        if (_connection is not null) await RealStore.EmptyAsync(_connection.Store, Bucket);
        _connection?.Dispose();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData((5 << 20) + 1)]
    [InlineData(12 << 20)]
    public async Task An_object_above_the_threshold_goes_up_in_parts(int length)
    {
        using var connection = await RealStore.ConnectAsync(options => options with { MultipartThreshold = 5 << 20, PartSize = 5 << 20 });
        var progress = new Recorded<long>();
        var bytes = Bytes(length);
        var put = await connection.Store.PutAsync(
            new PutRequest(At("parts"), new BytesContent(bytes), Meta(("a", "b"))) { ContentType = "application/zip" }, progress, Cancel);
        Assert.Matches("-[0-9]+$", put.ETag);
        Assert.Equal(("b", "application/zip", length), (put.Metadata["a"], put.ContentType, put.Size));
        Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)), Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await GetAsync("parts"))));
        Assert.Equal(length, progress.All[^1]);
        Assert.Equal(length, progress.All.Max());
        Assert.False(await Store.DeleteAsync(At("parts"), "0123456789abcdef0123456789abcdef-2", Cancel));
        Assert.True(await Store.DeleteAsync(At("parts"), put.ETag, Cancel));
    }

    [Fact]
    public async Task A_multipart_upload_that_fails_or_is_cancelled_is_aborted()
    {
        using var connection = await RealStore.ConnectAsync(options => options with { MultipartThreshold = 5 << 20, PartSize = 5 << 20 });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var cancelling = new ScriptedContent(Bytes(12 << 20), 11 << 20, async token =>
        {
            await cancel.CancelAsync();
            token.ThrowIfCancellationRequested();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await connection.Store.PutAsync(new PutRequest(At("x"), cancelling, Meta()), null, cancel.Token));
        var failing = new ScriptedContent(Bytes(12 << 20), 11 << 20, _ => throw new InvalidOperationException("bad sector"));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await connection.Store.PutAsync(new PutRequest(At("x"), failing, Meta()), null, Cancel));
        Assert.Equal("bad sector", error.Message);
        Assert.Empty(await ListKeysAsync());
        Assert.Empty(await RealStore.UploadsAsync(Bucket));
    }

    [Theory]
    [InlineData("rel/app 1+2.zip", "app 1+2.zip")]
    [InlineData("версия/выпуск №1.zip", "выпуск №1.zip")]
    [InlineData("a//%2F?#&=.bin", "we\"ird%name.bin")]
    public async Task A_link_fetches_the_object_under_its_name_and_no_longer_than_it_may(string key, string name)
    {
        var bytes = Bytes(1000);
        await PutAsync(key, bytes);
        using var http = new HttpClient();

        var link = await ((IBucketCare)Store).PresignAsync(new PresignRequest(At(key), TimeSpan.FromHours(1)) { FileName = name, ContentType = "application/zip" }, Cancel);
        using var answer = await http.GetAsync(link, Cancel);

        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(name, answer.Content.Headers.ContentDisposition.FileNameStar);
        var late = await ((IBucketCare)Store).PresignAsync(new PresignRequest(At(key), TimeSpan.FromSeconds(1)), Cancel);
        await Task.Delay(2100, Cancel);
        using var refused = await http.GetAsync(late, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
    }

    protected override async ValueTask BeginUploadAsync(string key)
    {
        using var sdk = RealStore.Sdk();
        await sdk.InitiateMultipartUploadAsync(Bucket, key, Cancel);
    }

    protected override async ValueTask<IObjectStore> OpenStoreAsync()
    {
        _connection = await RealStore.ConnectAsync();
        return _connection.Store;
    }
}
