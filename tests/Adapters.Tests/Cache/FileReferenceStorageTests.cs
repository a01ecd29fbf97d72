using System.Text;
using DeltaGlider.Adapters.Cache;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Cache;

public sealed class FileReferenceStorageTests : IDisposable
{
    private const long MiB = 1 << 20;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Root => _folder["references"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(EntryFormat.ChunkLength)]
    [InlineData((3 * EntryFormat.ChunkLength) + 1)]
    public async Task What_one_process_stores_another_with_the_same_key_reads(int length)
    {
        var bytes = VersionedBytes.Random(1, length);
        using (var one = CacheFiles.Shared(_folder.Path)) await StoreAsync(one, bytes);
        var hex = CacheFiles.Sha(bytes).Hex;
        Assert.Equal([Path.Combine(Root, hex[..2], hex[2..4], hex)], Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
        using var other = CacheFiles.Shared(_folder.Path);
        Assert.Equal(bytes, await ReadAsync(other, bytes));
        Assert.Null(await ReadAsync(other, [1, 2, 3]));
    }

    [Fact]
    public async Task What_is_forgotten_is_gone_and_an_open_stream_goes_on()
    {
        var bytes = VersionedBytes.Random(1, 3 << 20);
        using var storage = CacheFiles.Shared(_folder.Path);
        storage.Forget(CacheFiles.Sha(bytes));
        await StoreAsync(storage, bytes);
        await using var open = (await storage.OpenAsync(CacheFiles.Sha(bytes), Cancel))!;
        storage.Forget(CacheFiles.Sha(bytes));
        storage.Forget(CacheFiles.Sha(bytes));
        Assert.Null(await ReadAsync(storage, bytes));
        var read = new byte[bytes.Length];
        await open.Content.ReadExactlyAsync(read, Cancel);
        Assert.Equal(bytes, read);
    }

    [Fact]
    public async Task Those_used_longest_ago_go_first_and_the_folder_stays_below_its_limit()
    {
        var all = Enumerable.Range(0, 6).Select(i => VersionedBytes.Random(i, 100_000)).ToArray();
        using var storage = CacheFiles.Shared(_folder.Path, 350_000);
        for (var i = 0; i < 3; i++) await StoreAsync(storage, all[i]);
        Age(all[1], 3);
        Age(all[0], 2);
        Age(all[2], 1);
        Assert.NotNull(await ReadAsync(storage, all[1]));
        await StoreAsync(storage, all[3]);
        Assert.Equal([false, true, true, true, false, false], all.Select(Has));
        await StoreAsync(storage, all[4]);
        Assert.Equal([false, true, false, true, true, false], all.Select(Has));
        Assert.InRange(CacheFiles.Entries(Root).Sum(path => new FileInfo(path).Length), 1, 350_000);
    }

    [Fact]
    public async Task One_larger_than_the_limit_is_declined_and_drives_nothing_out()
    {
        var small = VersionedBytes.Random(1, 1000);
        var large = VersionedBytes.Random(2, 100_000);
        using var storage = CacheFiles.Shared(_folder.Path, EntryFormat.EntryLength(large.Length) - 1);
        await StoreAsync(storage, small);
        await StoreAsync(storage, large);
        Assert.Equal((true, false), (Has(small), Has(large)));
    }

    [Fact]
    public async Task On_unix_folders_are_0700_and_files_0600_also_while_they_are_written()
    {
        Requirement.Demand("unix", !OperatingSystem.IsWindows(), "rights of Unix");
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(Root);
        File.SetUnixFileMode(Root, (UnixFileMode)0b111_111_111);
        var parentMode = File.GetUnixFileMode(_folder.Path);
        var seen = 0;
        void Check()
        {
            Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Root));
            foreach (var path in Directory.EnumerateDirectories(Root, "*", SearchOption.AllDirectories)) Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(path));
            foreach (var path in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories))
            {
                seen++;
                Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(path));
            }
        }

        using var storage = CacheFiles.Shared(_folder.Path);
        var bytes = VersionedBytes.Random(1, 2 << 20);
        await storage.StoreAsync(CacheFiles.Sha(bytes), new HookedContent(bytes, _ => Check()), Cancel);
        Check();
        Assert.True(seen >= 3);
        Assert.Equal(parentMode, File.GetUnixFileMode(_folder.Path));
    }

    [Fact]
    public async Task Plaintext_is_on_the_disk_at_no_time()
    {
        var marker = Encoding.ASCII.GetBytes("THE-REFERENCE'S-OWN-WORDS");
        var bytes = Enumerable.Repeat(marker, 100_000).SelectMany(m => m).ToArray();
        var looked = 0;
        void Look()
        {
            foreach (var path in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 0))
            {
                looked++;
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                var all = new byte[file.Length];
                file.ReadExactly(all);
                Assert.Equal(-1, all.AsSpan().IndexOf(marker));
                Assert.Equal(-1, all.AsSpan().IndexOf(marker.AsSpan(0, 8)));
            }
        }

        using (var storage = new FileReferenceStorage(new ProcessFolder(_folder.Path), FernetKey.Random(), long.MaxValue))
        {
            await storage.StoreAsync(CacheFiles.Sha(bytes), new HookedContent(bytes, _ => Look()), Cancel);
            Look();
            await using var kept = (await storage.OpenAsync(CacheFiles.Sha(bytes), Cancel))!;
            var piece = new byte[300_000];
            while (await kept.Content.ReadAsync(piece, Cancel) > 0) Look();
        }

        Assert.True(looked > 10);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_store_that_fails_or_is_cancelled_leaves_nothing()
    {
        var bytes = VersionedBytes.Random(1, 3 << 20);
        using var storage = CacheFiles.Shared(_folder.Path);
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAsync<TimeoutException>(async () => await storage.StoreAsync(
            CacheFiles.Sha(bytes), new HookedContent(bytes, at => { if (at > 0) throw new TimeoutException(); }), Cancel));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await storage.StoreAsync(
            CacheFiles.Sha(bytes), new HookedContent(bytes, at => { if (at > 0) cancel.Cancel(); }), cancel.Token));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
        Assert.Null(await ReadAsync(storage, bytes));
    }

    [Fact]
    public async Task Temporaries_of_the_dead_are_swept_and_those_of_the_living_are_not()
    {
        var old = _folder.Write("references/tmp/dead", [1]);
        var young = _folder.Write("references/tmp/young", [1]);
        var open = _folder.Write("references/tmp/open", [1]);
        foreach (var path in new[] { old, open }) File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
        using (new FileStream(open, FileMode.Open, FileAccess.Write, FileShare.Read | FileShare.Delete))
        {
            using var storage = CacheFiles.Shared(_folder.Path);
            Assert.Equal((false, true, true), (File.Exists(old), File.Exists(young), File.Exists(open)));
        }

        using var later = CacheFiles.Shared(_folder.Path);
        Assert.False(File.Exists(open));
        await StoreAsync(later, [1]);
    }

    [Fact]
    public async Task A_folder_that_is_a_link_is_not_used()
    {
        Requirement.Demand("unix", !OperatingSystem.IsWindows(), "links without rights of their own");
        Directory.CreateDirectory(_folder["elsewhere"]);
        Directory.CreateSymbolicLink(Root, _folder["elsewhere"]);
        using var storage = CacheFiles.Shared(_folder.Path);
        await Assert.ThrowsAsync<IOException>(() => StoreAsync(storage, [1]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["elsewhere"]));
    }

    [Fact]
    public async Task A_disk_that_gets_full_is_an_error_and_leaves_nothing_and_one_with_little_room_is_left_alone()
    {
        using var disk = SmallDisk.Mount(_folder["disk"], 8 * MiB);
        var bytes = VersionedBytes.Random(1, 3 << 20);
        using var storage = CacheFiles.Shared(disk.Path);
        await Assert.ThrowsAnyAsync<IOException>(async () => await storage.StoreAsync(
            CacheFiles.Sha(bytes),
            new HookedContent(bytes, at =>
            {
                if (at == MiB) disk.Fill();
            }),
            Cancel));
        Assert.Equal(["filler"], Directory.EnumerateFiles(disk.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
        await StoreAsync(storage, bytes);
        Assert.Null(await ReadAsync(storage, bytes));
        File.Delete(Path.Combine(disk.Path, "filler"));
        await StoreAsync(storage, bytes);
        Assert.NotNull(await ReadAsync(storage, bytes));
        var more = VersionedBytes.Random(2, 3 << 20);
        await StoreAsync(storage, more);
        Assert.Null(await ReadAsync(storage, more));
    }

    [Fact]
    public async Task Under_many_threads_what_is_read_is_right()
    {
        var all = Enumerable.Range(0, 12).Select(i => VersionedBytes.Random(i, 20_000 * (i + 1))).ToArray();
        using var storage = CacheFiles.Shared(_folder.Path, 600_000);
        var hits = 0;
        await Parallel.ForAsync(0, 600, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel }, async (i, _) =>
        {
            var bytes = all[Random.Shared.Next(all.Length)];
            if (i % 50 == 0) storage.Forget(CacheFiles.Sha(bytes));
            if (await ReadAsync(storage, bytes) is { } read)
            {
                Interlocked.Increment(ref hits);
                Assert.True(read.AsSpan().SequenceEqual(bytes));
            }
            else
            {
                await StoreAsync(storage, bytes);
            }
        });
        Assert.InRange(hits, 1, 599);
        Assert.InRange(CacheFiles.Entries(Root).Sum(path => new FileInfo(path).Length), 1, 600_000);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Root, "tmp")));
    }

    private static Task StoreAsync(FileReferenceStorage storage, byte[] bytes) =>
        storage.StoreAsync(CacheFiles.Sha(bytes), new BytesContent(bytes), Cancel).AsTask();

    private static Task<byte[]?> ReadAsync(FileReferenceStorage storage, byte[] bytes) => CacheFiles.ReadAsync(storage, CacheFiles.Sha(bytes), Cancel);

    private bool Has(byte[] bytes) => File.Exists(PathOf(CacheFiles.Sha(bytes)));

    private void Age(byte[] bytes, int hours) => File.SetLastWriteTimeUtc(PathOf(CacheFiles.Sha(bytes)), DateTime.UtcNow.AddHours(-hours));

    private string PathOf(Sha256Digest sha256) => Path.Combine(Root, sha256.Hex[..2], sha256.Hex[2..4], sha256.Hex);
}
