using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

public sealed class ListObjectsTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Shows_files_under_their_own_names_and_sizes_and_hides_what_is_ours()
    {
        var versions = VersionedBytes.Versions(41, 20_000, 2);
        await _world.PutAsync("rel/a.zip", versions[0]);
        await _world.PutAsync("rel/b.zip", versions[1]);
        await _world.PutAsync("rel/notes.txt", [1, 2, 3]);
        _world.Store.Put(World.Uri(".deltaglider/stats_quick.json"), [1]);

        var entries = await _world.ListAsync();
        Assert.Equal(["rel/a.zip", "rel/b.zip", "rel/notes.txt"], entries.Select(entry => entry.Uri.Key));
        Assert.Equal([20_000, versions[1].Length, 3], entries.Select(entry => entry.Size));
        Assert.All(entries.Take(2), entry => Assert.InRange(entry.StoredSize, 1, 1_000));
        Assert.Equal([StorageKind.Delta, StorageKind.Delta, StorageKind.Direct], entries.Select(entry => entry.Storage));
        Assert.NotNull(entries[0].Sha256);
    }

    [Fact]
    public async Task One_level_shows_prefixes_but_not_ours()
    {
        foreach (var key in new[] { "a/1.txt", "b/c/2.txt", "top.txt" }) await _world.PutAsync(key, [1]);
        _world.Store.Put(World.Uri(".deltaglider/tmp/x"), [1]);
        var entries = await _world.ListAsync(recurse: false);
        Assert.Equal(["a/", "b/"], entries.Where(entry => entry.IsPrefix).Select(entry => entry.Uri.Key));
        Assert.Equal(["top.txt"], entries.Where(entry => !entry.IsPrefix).Select(entry => entry.Uri.Key));
    }

    [Fact]
    public async Task First_asks_for_no_more_pages_than_it_needs()
    {
        for (var i = 0; i < 2500; i++) _world.Store.Put(World.Uri($"k{i:0000}"), [1]);
        Assert.Equal(5, (await _world.ListAsync(first: 5)).Count);
        Assert.Single(_world.Hooked.Calls);
        Assert.Equal(2500, (await _world.ListAsync()).Count);
    }

    [Fact]
    public async Task A_file_and_its_delta_are_one_line_although_others_stand_between_them()
    {
        var versions = VersionedBytes.Versions(42, 20_000, 2);
        await _world.PutAsync("x.zip", versions[0]);
        _world.Store.Put(World.Uri("x.zip"), [1], lastModified: _world.Time.GetUtcNow().AddDays(-1));
        _world.Store.Put(World.Uri("x.zip-1"), [1]);
        _world.Store.Put(World.Uri("x.zip.asc"), [1]);
        _world.Store.Put(World.Uri("x.zip.sha"), [1]);
        var entries = await _world.ListAsync();
        Assert.Equal(["x.zip", "x.zip-1", "x.zip.asc", "x.zip.sha"], entries.Select(entry => entry.Uri.Key).Order(StringComparer.Ordinal));
        Assert.Equal(20_000, entries.Single(entry => entry.Uri.Key == "x.zip").Size);
    }

    [Fact]
    public async Task Every_object_is_listed_once_whatever_the_names()
    {
        var random = new Random(43);
        const string Alphabet = "ab.-/ deltz0";
        for (var round = 0; round < 50; round++)
        {
            using var world = new World();
            var names = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < 30; i++)
            {
                var name = new string([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
                if (random.Next(3) == 0) name += ".delta";
                if (DeltaSpace.IsReferenceKey(name) || !names.Add(name)) continue;
                world.Store.Put(World.Uri(name), [1]);
            }

            Assert.Equal(names.Order(StringComparer.Ordinal), (await world.ListAsync()).Select(entry => entry.Uri.Key).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task An_object_that_goes_while_it_is_listed_is_left_out()
    {
        var versions = VersionedBytes.Versions(44, 5_000, 2);
        await _world.PutAsync("a.zip", versions[0]);
        await _world.PutAsync("b.zip", versions[1]);
        _world.Hooked.Before = call =>
        {
            if (call.Verb == StoreVerb.Find && call.Uri.Key == "b.zip.delta") _world.Store.Remove(call.Uri);
            return default;
        };
        Assert.Equal(["a.zip"], (await _world.ListAsync()).Select(entry => entry.Uri.Key));
    }

    [Fact]
    public async Task Deltas_are_described_in_parallel_and_a_failure_is_reported()
    {
        var versions = VersionedBytes.Versions(45, 50_000, 40);
        for (var i = 0; i < 40; i++) await _world.PutAsync($"{i:00}.zip", versions[i], _world.Client());
        var underWay = 0;
        var most = 0;
        _world.Hooked.Before = async call =>
        {
            if (call.Verb != StoreVerb.Find) return;
            var now = Interlocked.Increment(ref underWay);
            if (now > Volatile.Read(ref most)) Volatile.Write(ref most, now);
            await Task.Delay(5, World.Cancellation);
            Interlocked.Decrement(ref underWay);
        };
        Assert.Equal(40, (await _world.ListAsync()).Count);
        Assert.InRange(most, 2, 16);

        _world.Hooked.Before = call => call.Uri.Key == "20.zip.delta"
            ? throw new DeltaGliderException(ErrorKind.AccessDenied, call.Uri.ToString(), "no")
            : default;
        await Assert.ThrowsAsync<DeltaGliderException>(() => _world.ListAsync());
    }

    [Fact]
    public async Task A_missing_bucket_is_said_to_be_missing()
    {
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () =>
        {
            await foreach (var _ in _world.Sut.List.RunAsync(new ListObjectsRequest(new S3Uri("nobody", "")), World.Cancellation))
            {
            }
        });
        Assert.Equal(ErrorKind.BucketNotFound, error.Kind);
    }
}
