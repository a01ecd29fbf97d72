using DeltaGlider.Adapters.Cache;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Cache;

public sealed class MemoryReferenceStorageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_come_back_until_they_are_forgotten()
    {
        using var storage = new MemoryReferenceStorage(FernetKey.Random(), 10 << 20);
        var bytes = VersionedBytes.Random(1, 3_000_000);
        Assert.Null(await ReadAsync(storage, bytes));
        await StoreAsync(storage, bytes);
        await StoreAsync(storage, bytes);
        Assert.Equal(bytes, await ReadAsync(storage, bytes));
        storage.Forget(CacheFiles.Sha(bytes));
        Assert.Null(await ReadAsync(storage, bytes));
    }

    [Fact]
    public async Task Those_used_longest_ago_go_first_and_one_that_is_too_large_drives_nothing_out()
    {
        using var storage = new MemoryReferenceStorage(FernetKey.Random(), 350_000);
        var all = Enumerable.Range(0, 5).Select(i => VersionedBytes.Random(i, 100_000)).ToArray();
        for (var i = 0; i < 3; i++) await StoreAsync(storage, all[i]);
        Assert.NotNull(await ReadAsync(storage, all[0]));
        await StoreAsync(storage, all[3]);
        await StoreAsync(storage, VersionedBytes.Random(9, 400_000));
        var kept = new List<bool>();
        foreach (var bytes in all) kept.Add(await ReadAsync(storage, bytes) is not null);
        Assert.Equal([true, false, true, true, false], kept);
    }

    [Fact]
    public async Task Under_many_threads_what_is_read_is_right()
    {
        using var storage = new MemoryReferenceStorage(FernetKey.Random(), 300_000);
        var all = Enumerable.Range(0, 8).Select(i => VersionedBytes.Random(i, 20_000 * (i + 1))).ToArray();
        await Parallel.ForAsync(0, 500, Cancel, async (i, _) =>
        {
            var bytes = all[Random.Shared.Next(all.Length)];
            if (await ReadAsync(storage, bytes) is { } read) Assert.True(read.AsSpan().SequenceEqual(bytes));
            else await StoreAsync(storage, bytes);
        });
    }

    private static Task StoreAsync(MemoryReferenceStorage storage, byte[] bytes) =>
        storage.StoreAsync(CacheFiles.Sha(bytes), new BytesContent(bytes), Cancel).AsTask();

    private static Task<byte[]?> ReadAsync(MemoryReferenceStorage storage, byte[] bytes) => CacheFiles.ReadAsync(storage, CacheFiles.Sha(bytes), Cancel);
}
