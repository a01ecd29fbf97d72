using System.Security.Cryptography;
using DeltaGlider.Adapters.Cache;
using DeltaGlider.Adapters.Codec;
using DeltaGlider.Adapters.Settings;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases;
using DeltaGlider.Core.UseCases.Parts;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>What is kept below the references in memory: used where it is right, and never in the way.</summary>
public sealed class ReferenceStorageTests : IDisposable
{
    private const string KeyText = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

    private readonly World _world = new();
    private readonly IReadOnlyList<byte[]> _versions = VersionedBytes.Versions(1, 200_000, 6);
    private readonly List<IDisposable> _opened = [];
    private readonly RecordedLog _log = new();

    private string CacheFolder => _world.Folder["cache"];

    private int ReferenceFetches => _world.Hooked.Calls.Count(call => call.Verb == StoreVerb.Open && call.Uri.Key.EndsWith("reference.bin", StringComparison.Ordinal));

    public void Dispose()
    {
        foreach (var opened in Enumerable.Reverse(_opened)) opened.Dispose();
        _world.Dispose();
    }

    [Fact]
    public async Task A_later_process_with_the_same_key_does_not_fetch_the_reference_again()
    {
        await _world.PutAsync("app/a-0.zip", _versions[0], Process());
        await _world.PutAsync("app/a-1.zip", _versions[1], Process());
        await _world.PutAsync("app/a-2.zip", _versions[2], Process());
        Assert.Equal(_versions[2], await _world.GetAsync("app/a-2.zip", Process()));
        Assert.Equal(0, ReferenceFetches);
        Assert.Empty(_log.Warnings);

        // And without what is kept, it does: the count above counts.
        Directory.Delete(CacheFolder, recursive: true);
        Assert.Equal(_versions[2], await _world.GetAsync("app/a-2.zip", Process()));
        Assert.Equal(_versions[1], await _world.GetAsync("app/a-1.zip", Process()));
        Assert.Equal(1, ReferenceFetches);
    }

    [Fact]
    public async Task Without_a_key_commands_of_one_process_fetch_a_reference_twice_at_the_most()
    {
        using var process = new ReferenceStorages();
        DeltaGliderUseCases Command()
        {
            var storage = process.Open(new DeltaGliderSettings { CacheFolder = CacheFolder });
            _opened.Add(storage);
            return _world.Client(_world.Hooked, storage: storage, logs: _log);
        }

        await _world.PutAsync("app/a-0.zip", _versions[0]);
        for (var i = 1; i < 6; i++) await _world.PutAsync($"app/a-{i}.zip", _versions[i], Command());
        for (var i = 0; i < 6; i++) Assert.Equal(_versions[i], await _world.GetAsync($"app/a-{i}.zip", Command()));
        Assert.Equal(2, ReferenceFetches);
        Assert.Empty(_log.Warnings);
        process.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(CacheFolder));
    }

    [Fact]
    public async Task A_damaged_entry_is_removed_fetched_anew_and_kept_again()
    {
        await _world.PutAsync("app/a-0.zip", _versions[0], Process());
        await _world.PutAsync("app/a-1.zip", _versions[1], Process());
        foreach (var damage in new Action<string>[] { Flip, Cut, Empty, Replace })
        {
            var before = ReferenceFetches;
            damage(Entry());
            Assert.Equal(_versions[1], await _world.GetAsync("app/a-1.zip", Process()));
            Assert.Equal(before + 1, ReferenceFetches);
            Assert.Equal(_versions[1], await _world.GetAsync("app/a-1.zip", Process()));
            Assert.Equal(before + 1, ReferenceFetches);
        }

        Assert.Equal([122, 122, 122, 122], _log.Warnings);
    }

    [Fact]
    public async Task Verifying_reads_the_reference_in_the_bucket_whatever_is_kept()
    {
        await _world.PutAsync("app/a-0.zip", _versions[0], Process());
        await _world.PutAsync("app/a-1.zip", _versions[1], Process());
        Assert.True((await Process().Verify.RunAsync(World.Uri("app/a-1.zip"), null, World.Cancellation)).IsValid);
        Assert.Equal(1, ReferenceFetches);

        var reference = Assert.IsType<StoredObject>(await _world.Store.FindAsync(World.Uri("app/reference.bin"), World.Cancellation));
        await _world.Store.PutAsync(new PutRequest(reference.Uri, new BytesContent(_versions[5]), reference.Metadata), null, World.Cancellation);
        Assert.Equal(_versions[1], await _world.GetAsync("app/a-1.zip", Process()));
        var result = await Process().Verify.RunAsync(World.Uri("app/a-1.zip"), null, World.Cancellation);
        Assert.Equal((false, Errors.ErrorKind.ReferenceMismatch), (result.IsValid, result.Problem));
    }

    [Fact]
    public async Task Another_key_replaces_what_it_cannot_read()
    {
        await _world.PutAsync("app/a-0.zip", _versions[0], Process());
        var other = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await _world.PutAsync("app/a-1.zip", _versions[1], Process(key: other));
        Assert.Equal(1, ReferenceFetches);
        Assert.Equal(_versions[1], await _world.GetAsync("app/a-1.zip", Process(key: other)));
        Assert.Equal(1, ReferenceFetches);
        Assert.DoesNotContain(_log.Lines, line => line.Text.Contains(other[..8], StringComparison.Ordinal) || line.Text.Contains(KeyText[..8], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whatever_byte_of_an_entry_changes_and_wherever_it_is_cut_it_is_removed_and_had_anew()
    {
        var bytes = VersionedBytes.Random(1, 50);
        var sha256 = Sha256Digest.FromBytes(SHA256.HashData(bytes));
        var codec = new VcdiffCodec();
        using var reference = await codec.LoadAsync(new MemoryStream(bytes), bytes.Length, World.Cancellation);
        var kept = new KeptReferences(Storage(), codec, _log);
        await kept.KeepAsync(sha256, reference, World.Cancellation);
        var path = Entry();
        var entry = await File.ReadAllBytesAsync(path, World.Cancellation);
        for (var i = 0; i < 2 * entry.Length; i++)
        {
            var changed = i < entry.Length ? (byte[])entry.Clone() : entry[..(i - entry.Length)];
            if (i < entry.Length) changed[i] ^= 1;
            await File.WriteAllBytesAsync(path, changed, World.Cancellation);
            Assert.Null(await kept.TryLoadAsync(sha256, World.Cancellation));
            Assert.False(File.Exists(path));
            await kept.KeepAsync(sha256, reference, World.Cancellation);
            using var again = await kept.TryLoadAsync(sha256, World.Cancellation);
            Assert.NotNull(again);
        }
    }

    [Fact]
    public async Task An_entry_whose_bytes_are_not_those_of_its_name_is_not_believed()
    {
        // Nobody without the key can make one: a storage that lies stands for it.
        var lying = new ScriptedStorage { OnOpen = _ => new KeptReference(new MemoryStream(_versions[5]), _versions[5].Length) };
        await _world.PutAsync("app/a-0.zip", _versions[0]);
        await _world.PutAsync("app/a-1.zip", _versions[1]);
        Assert.Equal(_versions[1], await _world.GetAsync("app/a-1.zip", _world.Client(_world.Hooked, storage: lying, logs: _log)));
        Assert.Equal((1, 1, 1), (lying.Opened, lying.Forgotten, lying.Stored));
        Assert.Equal([122], _log.Warnings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_storage_that_fails_whatever_it_is_asked_is_told_of_once_and_in_nobodys_way(bool isUnauthorized)
    {
        Exception Failure() => isUnauthorized ? new UnauthorizedAccessException("no") : new IOException("no");
        var failing = new ScriptedStorage { OnOpen = _ => throw Failure(), OnStore = () => throw Failure(), OnForget = () => throw Failure() };
        var client = _world.Client(_world.Hooked, storage: failing, logs: _log);
        await _world.PutAsync("app/a-0.zip", _versions[0], client);
        await _world.PutAsync("app/a-1.zip", _versions[1], client);
        await _world.PutAsync("other/a-1.zip", _versions[1], client);
        Assert.Equal(_versions[1], await _world.GetAsync("app/a-1.zip", client));
        Assert.Equal([123], _log.Warnings);
        Assert.True(failing.Stored > 1);

        failing.OnOpen = _ => throw new InvalidDataException("damaged");
        Assert.Equal(_versions[1], await _world.GetAsync("app/a-1.zip", _world.Client(_world.Hooked, storage: failing)));
        Assert.Equal(1, failing.Forgotten);
    }

    [Theory]
    [InlineData("a file is in the way")]
    [InlineData("it is a folder of the system")]
    [InlineData("it must not be written")]
    public async Task A_folder_that_cannot_be_used_is_told_of_once_and_in_nobodys_way(string how)
    {
        var folder = CacheFolder;
        if (how == "a file is in the way") _world.Folder.Write("cache", [1]);
        if (how == "it is a folder of the system")
        {
            Requirement.Demand("linux", OperatingSystem.IsLinux(), "/proc, where nobody makes a folder");
            folder = "/proc/deltaglider";
        }

        if (how == "it must not be written")
        {
            Requirement.Demand("user", !OperatingSystem.IsWindows() && !Environment.IsPrivilegedProcess, "a user on Unix who is not root");
            if (!OperatingSystem.IsWindows()) Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var client = Process(folder);
        await _world.PutAsync("app/a-0.zip", _versions[0], client);
        await _world.PutAsync("app/a-1.zip", _versions[1], client);
        await _world.PutAsync("other/a-1.zip", _versions[1], client);
        Assert.Equal(_versions[1], await _world.GetAsync("app/a-1.zip", Process(folder)));
        Assert.Equal([123, 123], _log.Warnings);
    }

    [Fact]
    public async Task A_download_that_the_disk_has_no_room_for_is_refused_before_anything_is_fetched()
    {
        await _world.PutAsync("app/notes.bin", _versions[0]);
        var path = _world.Folder.Write("old", [1, 2, 3]);
        var files = new ForwardingFiles();
        var get = new DeltaGliderUseCases(
            new UseCasePorts(_world.Hooked, new VcdiffCodec(), new MemoryReferenceCache(1), files, _world.Time, _log), DeltaPolicy.Default, "0").Get;
        var plan = await get.PlanAsync(new GetObjectRequest(World.Uri("app/notes.bin"), path), World.Cancellation);
        var before = _world.Hooked.Calls.Count;
        await Assert.ThrowsAsync<NotImplementedException>(async () => await get.RunAsync(plan, null, World.Cancellation));
        Assert.Equal(((long?)_versions[0].Length, before), (files.Expected, _world.Hooked.Calls.Count));
    }

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(path, bytes);
    }

    private static void Cut(string path)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.SetLength(file.Length - 1);
    }

    private static void Empty(string path) => File.WriteAllBytes(path, []);

    private void Replace(string path) => File.WriteAllBytes(path, _versions[0]);

    private string Entry() => Assert.Single(Directory.EnumerateFiles(CacheFolder, "*", SearchOption.AllDirectories));

    private DeltaGliderUseCases Process(string? folder = null, string key = KeyText) => _world.Client(_world.Hooked, storage: Storage(folder, key), logs: _log);

    // What a process opens.
    private IReferenceStorage Storage(string? folder = null, string key = KeyText)
    {
        var storages = new ReferenceStorages();
        var storage = storages.Open(new DeltaGliderSettings { CacheFolder = folder ?? CacheFolder, CacheKey = FernetKey.TryParse(key, out var parsed) ? parsed : null });
        _opened.AddRange([storages, storage]);
        return storage;
    }

    private sealed class ScriptedStorage : IReferenceStorage
    {
        public Func<Sha256Digest, KeptReference?> OnOpen { get; set; } = _ => null;

        public Action OnStore { get; set; } = () => { };

        public Action OnForget { get; set; } = () => { };

        public int Opened { get; private set; }

        public int Stored { get; private set; }

        public int Forgotten { get; private set; }

        public ValueTask<KeptReference?> OpenAsync(Sha256Digest sha256, CancellationToken cancellationToken)
        {
            Opened++;
            return new(OnOpen(sha256));
        }

        public ValueTask StoreAsync(Sha256Digest sha256, IContent content, CancellationToken cancellationToken)
        {
            Stored++;
            OnStore();
            return ValueTask.CompletedTask;
        }

        public void Forget(Sha256Digest sha256)
        {
            Forgotten++;
            OnForget();
        }

        public void Dispose()
        {
        }
    }

    // Says what it was asked for.
    private sealed class ForwardingFiles : ILocalFiles
    {
        private readonly Adapters.Files.LocalFiles _files = new();

        public long? Expected { get; private set; }

        public LocalFile? Find(string path) => _files.Find(path);

        public IContent Read(string path) => _files.Read(path);

        public ILocalFileWriter BeginReplace(string path, long? expectedLength = null)
        {
            Expected = expectedLength;
            throw new NotImplementedException();
        }
    }
}
