using DeltaGlider.Adapters.Cache;
using DeltaGlider.Adapters.Settings;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Cache;

public sealed class ReferenceStoragesTests : IDisposable
{
    private static readonly byte[] Bytes = VersionedBytes.Random(1, 1000);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_said_gives_the_defaults()
    {
        var settings = DeltaGliderSettings.Read(_ => null);
        Assert.Equal((CacheBackend.FileSystem, null, 2048L << 20, null), (settings.CacheBackend, settings.CacheFolder, settings.CacheFolderBytes, settings.CacheKey));
    }

    [Fact]
    public void What_is_said_is_read()
    {
        Assert.Equal(CacheBackend.Memory, Read(DeltaGliderSettings.CacheBackendVariable, "Memory").CacheBackend);
        Assert.Equal(CacheBackend.FileSystem, Read(DeltaGliderSettings.CacheBackendVariable, "filesystem").CacheBackend);
        Assert.Equal(_folder.Path, Read(DeltaGliderSettings.CacheFolderVariable, _folder.Path).CacheFolder);
        Assert.Equal(3L << 20, Read(DeltaGliderSettings.CacheFolderSizeVariable, "3").CacheFolderBytes);
        Assert.NotNull(Read(DeltaGliderSettings.CacheKeyVariable, CacheFiles.KeyText).CacheKey);
    }

    [Theory]
    [InlineData(DeltaGliderSettings.CacheBackendVariable, "redis")]
    [InlineData(DeltaGliderSettings.CacheBackendVariable, "1")]
    [InlineData(DeltaGliderSettings.CacheFolderVariable, "relative/folder")]
    [InlineData(DeltaGliderSettings.CacheFolderSizeVariable, "0")]
    [InlineData(DeltaGliderSettings.CacheFolderSizeVariable, "2 GB")]
    public void A_bad_value_is_an_error_that_names_it_and_what_is_allowed(string variable, string value)
    {
        var error = Assert.Throws<DeltaGliderException>(() => Read(variable, value));
        Assert.Equal((ErrorKind.InvalidArgument, variable), (error.Kind, error.Subject));
        Assert.Contains($"{variable} is '{value}'; allowed is ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_shown_neither_when_it_is_bad_nor_when_it_is_good()
    {
        var error = Assert.Throws<DeltaGliderException>(() => Read(DeltaGliderSettings.CacheKeyVariable, "hunter2"));
        Assert.Equal((ErrorKind.InvalidArgument, DeltaGliderSettings.CacheKeyVariable), (error.Kind, error.Subject));
        Assert.Contains("DG_CACHE_ENCRYPTION_KEY holds no Fernet key; allowed is ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString() + error.FullText, StringComparison.Ordinal);
        var settings = Read(DeltaGliderSettings.CacheKeyVariable, CacheFiles.KeyText).ToString();
        Assert.Contains("(a Fernet key)", settings, StringComparison.Ordinal);
        Assert.DoesNotContain(CacheFiles.KeyText[..8], settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_key_what_one_storage_keeps_at_once_the_next_one_has()
    {
        using var storages = new ReferenceStorages();
        using (var one = storages.Open(Keyed())) await StoreAsync(one);
        Assert.Single(CacheFiles.Entries(_folder.Path));
        storages.Dispose();
        using var later = new ReferenceStorages();
        using var other = later.Open(Keyed());
        Assert.Equal(Bytes, await ReadAsync(other));
    }

    [Theory]
    [InlineData(CacheBackend.FileSystem)]
    [InlineData(CacheBackend.Memory)]
    public async Task Without_a_key_the_commands_of_a_process_share_what_was_needed_twice_and_nothing_outlives_it(CacheBackend backend)
    {
        var settings = new DeltaGliderSettings { CacheBackend = backend, CacheFolder = _folder.Path };
        using (var storages = new ReferenceStorages())
        {
            using (var one = storages.Open(settings)) await StoreAsync(one);
            Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
            using (var other = storages.Open(settings))
            {
                Assert.Null(await ReadAsync(other));
                await StoreAsync(other);
            }

            Assert.Equal(backend == CacheBackend.FileSystem ? 1 : 0, CacheFiles.Entries(_folder.Path).Length);
            using var third = storages.Open(settings);
            Assert.Equal(Bytes, await ReadAsync(third));
            using var elsewhere = storages.Open(settings with { CacheFolderBytes = 1 << 20, CacheMemoryBytes = 1 << 20 });
            Assert.Null(await ReadAsync(elsewhere));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task The_memory_backend_writes_no_file_even_with_a_key()
    {
        using var storages = new ReferenceStorages();
        using var storage = storages.Open(Keyed() with { CacheBackend = CacheBackend.Memory });
        for (var need = 1; need <= 2; need++) await StoreAsync(storage);
        Assert.Equal(Bytes, await ReadAsync(storage));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private DeltaGliderSettings Keyed() => new() { CacheFolder = _folder.Path, CacheKey = CacheFiles.Key() };

    private static DeltaGliderSettings Read(string variable, string value) => DeltaGliderSettings.Read(name => name == variable ? value : null);

    private static Task StoreAsync(IReferenceStorage storage) => storage.StoreAsync(CacheFiles.Sha(Bytes), new BytesContent(Bytes), Cancel).AsTask();

    private static Task<byte[]?> ReadAsync(IReferenceStorage storage) => CacheFiles.ReadAsync(storage, CacheFiles.Sha(Bytes), Cancel);
}
