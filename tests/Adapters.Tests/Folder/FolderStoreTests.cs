using System.Collections.Immutable;
using System.Text;
using DeltaGlider.Adapters.Folder;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Folder;

/// <summary>What is the folder store's own: files a person can read, nothing outside, order after a crash.</summary>
public sealed class FolderStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FolderStore _store;

    public FolderStoreTests()
    {
        Directory.CreateDirectory(_folder["root", "bucket"]);
        _store = new FolderStore(_folder["root"]);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private BucketLayout Layout => new(_folder["root", "bucket"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ordinary_keys_are_readable_files()
    {
        await PutAsync("builds/App-1.0.zip", "one");
        await PutAsync("файл.txt", "two");
        Assert.Equal("one", await File.ReadAllTextAsync(_folder["root", "bucket", "builds", "App-1.0.zip"], Cancel));
        Assert.Equal("two", await File.ReadAllTextAsync(_folder["root", "bucket", "файл.txt"], Cancel));
        await PutAsync("builds/App-1.0.zip", "other");
        Assert.Equal("other", await File.ReadAllTextAsync(_folder["root", "bucket", "builds", "App-1.0.zip"], Cancel));
        Assert.Empty(Directory.EnumerateFiles(Layout.Data, "*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(Layout.Temporary));
    }

    [Fact]
    public async Task Nothing_is_written_outside_the_bucket()
    {
        var keys = new[] { "../up", "../../up", "/etc/dg-test", "a/../../../up", "..\\up", ".", "..", ".dgstore/meta/planted.meta", ".DGSTORE/meta/planted.meta", "DGSTOR~1/meta/planted.meta" };
        foreach (var key in keys) await PutAsync(key, key);
        Assert.Equal(["bucket"], Directory.EnumerateFileSystemEntries(_folder["root"]).Select(Path.GetFileName));
        Assert.Equal(["root"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        foreach (var key in keys) Assert.Equal(key, await GetAsync(key));
        Assert.Equal(keys.Order(KeyOrder.Utf8), await KeysAsync());
    }

    [Fact]
    public async Task A_linked_folder_is_not_followed_when_writing()
    {
        Directory.CreateDirectory(_folder["elsewhere"]);
        Directory.CreateSymbolicLink(_folder["root", "bucket", "link"], _folder["elsewhere"]);
        await PutAsync("link/a", "bytes");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["elsewhere"]));
        Assert.Equal("bytes", await GetAsync("link/a"));
    }

    [Fact]
    public async Task Files_of_others_are_neither_listed_nor_replaced_nor_removed()
    {
        await File.WriteAllTextAsync(_folder["root", "bucket", "mine.txt"], "mine", Cancel);
        Assert.Empty(await KeysAsync());
        Assert.Null(await _store.FindAsync(At("mine.txt"), Cancel));
        await PutAsync("mine.txt", "stored");
        await PutAsync("mine.txt", "stored again");
        Assert.Equal("stored again", await GetAsync("mine.txt"));
        Assert.True(await _store.DeleteAsync(At("mine.txt"), null, Cancel));
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder["root", "bucket", "mine.txt"], Cancel));
    }

    [Fact]
    public async Task A_key_that_is_a_folder_too_and_back_again()
    {
        await PutAsync("a", "file");
        await PutAsync("a/b", "below");
        await PutAsync("a/b/c", "deeper");
        Assert.Equal(("file", "below", "deeper"), (await GetAsync("a"), await GetAsync("a/b"), await GetAsync("a/b/c")));
        await _store.DeleteAsync(At("a"), null, Cancel);
        await PutAsync("a/b", "now readable");
        Assert.Equal("now readable", await GetAsync("a/b"));
        await _store.DeleteAsync(At("a/b"), null, Cancel);
        await _store.DeleteAsync(At("a/b/c"), null, Cancel);
        Assert.Equal([BucketLayout.OwnFolder], Directory.EnumerateFileSystemEntries(_folder["root", "bucket"]).Select(Path.GetFileName));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Layout.Meta));
    }

    [Fact]
    public async Task Files_changed_behind_the_stores_back_are_noticed()
    {
        await PutAsync("a", "stored");
        await File.WriteAllTextAsync(_folder["root", "bucket", "a"], "longer than stored", Cancel);
        Assert.Equal(ErrorKind.ChecksumMismatch, (await Assert.ThrowsAsync<DeltaGliderException>(() => GetAsync("a"))).Kind);
        File.Delete(_folder["root", "bucket", "a"]);
        Assert.Equal(ErrorKind.ChecksumMismatch, (await Assert.ThrowsAsync<DeltaGliderException>(() => GetAsync("a"))).Kind);
        await PutAsync("a", "anew");
        Assert.Equal("anew", await GetAsync("a"));
        await File.WriteAllTextAsync(Layout.SidecarOf("a"), "{", Cancel);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await _store.FindAsync(At("a"), Cancel));
        Assert.Equal(ErrorKind.StoreRefused, error.Kind);
    }

    [Fact]
    public async Task What_a_dead_writer_left_is_swept_and_what_a_living_one_has_is_not()
    {
        await PutAsync("kept", "kept");
        using var living = TempFile.Create(Layout);
        await File.WriteAllTextAsync(Path.Combine(Layout.Temporary, Guid.NewGuid().ToString("n")), "half", Cancel);
        // Killed after the bytes came into data/ and before the sidecar: the lock file names the key.
        var orphan = Layout.DataOf("victim", Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(Path.GetDirectoryName(orphan)!);
        await File.WriteAllTextAsync(orphan, "orphan", Cancel);
        await File.WriteAllTextAsync(Layout.LockOf("victim"), "victim", Cancel);

        var next = new FolderStore(_folder["root"]);
        await next.PutAsync(Request("other", "x"), null, Cancel);
        Assert.False(File.Exists(orphan));
        Assert.Equal(0, new FileInfo(Layout.LockOf("victim")).Length);
        Assert.Single(Directory.EnumerateFiles(Layout.Temporary));
        Assert.Equal("kept", await GetAsync("kept"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_writer_killed_after_the_commit_has_written_and_the_next_one_finishes(bool linked)
    {
        await PutAsync("a", "old");
        var sidecar = Sidecar.TryRead(Layout.SidecarOf("a"))!;
        // As it is between the commit and the move to the key's path.
        var data = Layout.DataOf("a", sidecar.Generation);
        if (linked) File.Copy(Layout.KeyPathOf("a")!, data);
        else File.Move(Layout.KeyPathOf("a")!, data);
        File.SetLastWriteTimeUtc(data, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        if (linked) File.SetLastWriteTimeUtc(Layout.KeyPathOf("a")!, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await File.WriteAllTextAsync(Layout.LockOf("a"), "a", Cancel);
        Assert.Equal("old", await GetAsync("a"));

        var next = new FolderStore(_folder["root"]);
        await next.PutAsync(Request("other", "x"), null, Cancel);
        Assert.Equal("old", await File.ReadAllTextAsync(_folder["root", "bucket", "a"], Cancel));
        Assert.False(File.Exists(data));
        await next.DeleteAsync(At("a"), null, Cancel);
        Assert.False(File.Exists(_folder["root", "bucket", "a"]));
    }

    [Fact]
    public async Task A_lock_file_of_a_dead_process_blocks_nobody()
    {
        Directory.CreateDirectory(Layout.Locks);
        await File.WriteAllTextAsync(Layout.LockOf("a"), "a", Cancel);
        await PutAsync("a", "x");
        Assert.Equal("x", await GetAsync("a"));
    }

    [Fact]
    public async Task A_held_lock_makes_a_writer_wait_and_cancelling_ends_the_wait()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using (await KeyLock.AcquireAsync(Layout, "a", "a", Cancel))
        {
            var put = _store.PutAsync(Request("a", "x"), null, cancel.Token).AsTask();
            await Task.Delay(100, Cancel);
            Assert.False(put.IsCompleted);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => put);
        }

        await PutAsync("a", "y");
        Assert.Equal("y", await GetAsync("a"));
    }

    [Fact]
    public async Task A_bucket_name_that_leads_elsewhere_is_no_bucket()
    {
        foreach (var bucket in new[] { "..", ".dgstore", "a/b", "../root", "nul", "dot." })
        {
            var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await _store.FindAsync(new S3Uri(bucket, "a"), Cancel));
            Assert.Equal(ErrorKind.BucketNotFound, error.Kind);
            error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await _store.CreateBucketAsync(bucket, Cancel));
            Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
        }
    }

    [Fact]
    public async Task A_root_that_cannot_be_written_denies_access()
    {
        // A file where a folder is needed is what root, too, cannot get past.
        await File.WriteAllTextAsync(_folder["root", "bucket", BucketLayout.OwnFolder], "in the way", Cancel);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => PutAsync("a", "x"));
        Assert.Contains(error.Kind, new[] { ErrorKind.StoreUnavailable, ErrorKind.AccessDenied });
        Assert.Contains(At("a").ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thousands_of_keys_are_listed_in_order()
    {
        // Sidecars planted as Put writes them, without the flush to the disk of each.
        var keys = Enumerable.Range(0, 1500).Select(i => $"p{i % 3}/{i:00000}").ToArray();
        foreach (var key in keys)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Layout.SidecarOf(key))!);
            var sidecar = new Sidecar { Key = key, Size = 1, ETag = "e", LastModified = DateTimeOffset.UnixEpoch, Generation = "g" };
            await File.WriteAllBytesAsync(Layout.SidecarOf(key), sidecar.ToJson(), Cancel);
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(keys.Order(StringComparer.Ordinal), await KeysAsync());
        TestContext.Current.TestOutputHelper?.WriteLine($"listed in {watch.ElapsedMilliseconds} ms");
    }

    private static S3Uri At(string key) => new("bucket", key);

    private static PutRequest Request(string key, string text) =>
        new(At(key), new BytesContent(Encoding.UTF8.GetBytes(text)), ImmutableDictionary<string, string>.Empty);

    private async Task PutAsync(string key, string text) => await _store.PutAsync(Request(key, text), null, Cancel);

    private async Task<string> GetAsync(string key)
    {
        await using var opened = await _store.OpenAsync(At(key), Cancel);
        using var reader = new StreamReader(opened.Content);
        return await reader.ReadToEndAsync(Cancel);
    }

    private async Task<List<string>> KeysAsync()
    {
        var keys = new List<string>();
        await foreach (var page in _store.ListAsync(new ListRequest("bucket", ""), Cancel)) keys.AddRange(page.Objects.Select(o => o.Key));
        return keys;
    }
}
