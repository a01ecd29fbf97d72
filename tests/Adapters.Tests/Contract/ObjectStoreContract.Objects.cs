using System.Security.Cryptography;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Contract;

public abstract partial class ObjectStoreContract
{
    [Fact]
    public async Task An_object_comes_back_with_its_bytes_metadata_and_content_type()
    {
        var bytes = Bytes(100_000);
        var metadata = Meta(("dg-tool", "deltaglider-ps/0.1.0"), ("mtime", "1700000000.123456"), ("user-note", "a, b; \"c\" = 100% (d) \\ e+f&g/h"), ("empty-ish", "-"));
        var before = DateTimeOffset.UtcNow.AddMinutes(-5);
        var put = await Store.PutAsync(new PutRequest(At("docs/a.zip"), new BytesContent(bytes), metadata) { ContentType = "application/zip" }, null, Cancel);

        var found = await Store.FindAsync(At("docs/a.zip"), Cancel);
        Assert.NotNull(found);
        Assert.Equal(At("docs/a.zip"), found.Uri);
        Assert.Equal(bytes.Length, found.Size);
        Assert.Equal("application/zip", found.ContentType);
        Assert.Equal(metadata.OrderBy(p => p.Key), found.Metadata.OrderBy(p => p.Key));
        Assert.InRange(found.LastModified, before, DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Equal((put.Uri, put.Size, put.ETag, put.ContentType), (found.Uri, found.Size, found.ETag, found.ContentType));
        Assert.Equal(put.Metadata.OrderBy(p => p.Key), found.Metadata.OrderBy(p => p.Key));
        Assert.DoesNotContain('"', found.ETag);

        await using var opened = await Store.OpenAsync(At("docs/a.zip"), Cancel);
        Assert.Equal((found.ETag, found.Size, found.ContentType), (opened.Description.ETag, opened.Description.Size, opened.Description.ContentType));
        Assert.Equal(metadata.OrderBy(p => p.Key), opened.Description.Metadata.OrderBy(p => p.Key));
        Assert.Equal(bytes, await ReadAllAsync(opened.Content));
    }

    [Fact]
    public async Task An_empty_object_is_an_object()
    {
        var put = await PutAsync("empty", []);
        Assert.Equal(0, put.Size);
        Assert.Equal(0, (await Store.FindAsync(At("empty"), Cancel))!.Size);
        Assert.Empty(await GetAsync("empty"));
    }

    [Fact]
    public async Task Twenty_mebibytes_come_back()
    {
        var bytes = Bytes(20 << 20);
        var progress = new Recorded<long>();
        await Store.PutAsync(new PutRequest(At("large"), new BytesContent(bytes), Meta(("a", "b"))), progress, Cancel);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes)), Convert.ToHexString(SHA256.HashData(await GetAsync("large"))));
        Assert.Equal("b", (await Store.FindAsync(At("large"), Cancel))!.Metadata["a"]);
        Assert.Equal(bytes.Length, progress.All[^1]);
    }

    [Fact]
    public async Task Overwriting_replaces_bytes_metadata_and_content_type()
    {
        var first = await PutAsync("a", Bytes(100), Meta(("old", "1")));
        var second = await Store.PutAsync(new PutRequest(At("a"), new BytesContent(Bytes(50, 2)), Meta(("new", "2"))) { ContentType = "text/plain" }, null, Cancel);
        var found = (await Store.FindAsync(At("a"), Cancel))!;
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(second.ETag, found.ETag);
        Assert.Equal("text/plain", found.ContentType);
        Assert.Equal("new", Assert.Single(found.Metadata).Key);
        Assert.Equal(Bytes(50, 2), await GetAsync("a"));
        Assert.Equal(["a"], await ListKeysAsync());
    }

    [Fact]
    public async Task A_missing_key_is_found_as_null_and_cannot_be_opened()
    {
        Assert.Null(await Store.FindAsync(At("nothing"), Cancel));
        var error = await FailsAsync(ErrorKind.ObjectNotFound, async () => await Store.OpenAsync(At("nothing"), Cancel));
        Assert.Contains(At("nothing").ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_bucket_is_told_by_every_call()
    {
        var nowhere = new S3Uri($"{Bucket}-not", "a");
        await FailsAsync(ErrorKind.BucketNotFound, async () => await Store.FindAsync(nowhere, Cancel));
        await FailsAsync(ErrorKind.BucketNotFound, async () => await Store.OpenAsync(nowhere, Cancel));
        await FailsAsync(ErrorKind.BucketNotFound, async () => await Store.DeleteAsync(nowhere, null, Cancel));
        await FailsAsync(ErrorKind.BucketNotFound, async () => await Store.PutAsync(new PutRequest(nowhere, new BytesContent(Bytes(3)), Meta()), null, Cancel));
        await FailsAsync(ErrorKind.BucketNotFound, async () =>
        {
            await foreach (var _ in Store.ListAsync(new ListRequest(nowhere.Bucket, ""), Cancel)) Assert.Fail("a page");
        });
    }

    [Fact]
    public async Task Buckets_are_listed_and_making_one_twice_changes_nothing()
    {
        await PutAsync("a", Bytes(3));
        await Store.CreateBucketAsync(Bucket, Cancel);
        Assert.Equal(["a"], await ListKeysAsync());
        var names = new List<string>();
        await foreach (var bucket in Store.ListBucketsAsync(Cancel)) names.Add(bucket.Name);
        Assert.Contains(Bucket, names);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public async Task Metadata_of_2048_bytes_is_kept_and_one_byte_more_is_refused_before_anything_is_sent()
    {
        var full = Meta(("long", new string('x', 2000)), ("more", new string('y', 40)));
        await PutAsync("full", Bytes(10), full);
        Assert.Equal(full.OrderBy(p => p.Key), (await Store.FindAsync(At("full"), Cancel))!.Metadata.OrderBy(p => p.Key));
        await FailsAsync(ErrorKind.MetadataTooLarge, async () => await PutAsync("over", Bytes(10), full.SetItem("more", new string('y', 41))));
        await FailsAsync(ErrorKind.MetadataTooLarge, async () => await PutAsync("over", Bytes(10), Meta(("name", "ünï"))));
        Assert.Equal(["full"], await ListKeysAsync());
    }

    [Fact]
    public async Task Deleting_removes_and_deleting_nothing_is_no_error()
    {
        await PutAsync("x/y/a", Bytes(10));
        await PutAsync("x/b", Bytes(10));
        Assert.True(await Store.DeleteAsync(At("x/y/a"), null, Cancel));
        Assert.True(await Store.DeleteAsync(At("x/y/a"), null, Cancel));
        Assert.Null(await Store.FindAsync(At("x/y/a"), Cancel));
        await FailsAsync(ErrorKind.ObjectNotFound, async () => await Store.OpenAsync(At("x/y/a"), Cancel));
        Assert.Equal(["x/b"], await ListKeysAsync());
        await PutAsync("x/y/a", Bytes(11, 2));
        Assert.Equal(Bytes(11, 2), await GetAsync("x/y/a"));
    }

    [Fact]
    public async Task A_cancelled_call_throws_for_the_callers_token()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.FindAsync(At("a"), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.OpenAsync(At("a"), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.DeleteAsync(At("a"), null, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Store.PutAsync(new PutRequest(At("a"), new BytesContent(Bytes(3)), Meta()), null, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Store.ListAsync(new ListRequest(Bucket, ""), cancelled.Token)) Assert.Fail("a page");
        });
    }
}
