using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases.Scrub;

public sealed class ScrubPrefixTests : IDisposable
{
    private static readonly IReadOnlyList<byte[]> V = VersionedBytes.Versions(81, 6_000, 5);

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task What_python_wrote_is_all_there()
    {
        var fixture = PythonBucket.Load();
        fixture.PlantIn(_world.Store, World.Bucket);

        var items = await RunAsync();

        Assert.Equal(fixture.Files.Select(file => file.Key).Order(StringComparer.Ordinal), items.Select(item => item.Uri.Key).Order(StringComparer.Ordinal));
        Assert.All(items, item => Assert.NotNull(item.Result));
        // Written by no DeltaGlider: nobody recorded their SHA-256.
        Assert.Equal([("plain/not-ours.delta", VerifyFinding.NotRecorded), ("plain/readme.md", VerifyFinding.NotRecorded)], items.Where(item => !item.Result!.IsValid).Select(item => (item.Uri.Key, item.Result!.Finding)));
    }

    [Fact]
    public async Task Each_reference_is_fetched_once_however_small_the_cache()
    {
        foreach (var space in new[] { "a/", "a/b/", "c/" })
        {
            for (var i = 0; i < 5; i++) await _world.PutAsync($"{space}v{i}.zip", V[i]);
        }

        using var cache = new Adapters.Cache.MemoryReferenceCache(10);
        var client = _world.Client(_world.Hooked, cache: cache);
        var before = _world.Hooked.Calls.Count;

        Assert.All(await RunAsync(client), item => Assert.True(item.Result!.IsValid));

        var fetched = _world.Hooked.Calls.Skip(before).Where(call => call.Verb == StoreVerb.Open && call.Uri.Key.EndsWith("reference.bin", StringComparison.Ordinal)).ToList();
        Assert.Equal(["a/b/reference.bin", "a/reference.bin", "c/reference.bin"], fetched.Select(call => call.Uri.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Several_objects_go_at_once_and_come_in_order()
    {
        for (var i = 0; i < 12; i++) await _world.PutAsync($"p/n{i:00}.txt", [1, (byte)i]);
        var (now, most) = (0, 0);
        _world.Hooked.Before = async call =>
        {
            if (call.Verb != StoreVerb.Open) return;
            var running = Interlocked.Increment(ref now);
            lock (this) most = Math.Max(most, running);
            await Task.Delay(2, World.Cancellation);
            Interlocked.Decrement(ref now);
        };

        var items = await RunAsync(_world.Client(_world.Hooked, transfers: new TransferGate(4)));

        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"p/n{i:00}.txt"), items.Select(item => item.Uri.Key));
        Assert.InRange(most, 2, 4);
    }

    [Fact]
    public async Task Every_kind_of_damage_has_its_name()
    {
        await FillAsync("missing/", "mismatch/", "sha/", "undecodable/", "stripped/", "half/", "orphan/", "bare/");
        Drop("missing/reference.bin");
        Change("mismatch/reference.bin", bytes => [.. bytes.Reverse()]);
        Change("undecodable/b.zip.delta", bytes => bytes[..^20]);
        Strip("stripped/b.zip.delta");
        Strip("half/b.zip.delta", "dg-ref-sha256");
        Drop("orphan/a.zip.delta");
        Drop("orphan/b.zip.delta");
        Strip("bare/reference.bin");
        await _world.PutAsync("sha/n.txt", V[3]);
        Change("sha/n.txt", bytes => [.. bytes.Reverse()]);

        var items = await RunAsync();

        Assert.Equal(
            [
                "bare/reference.bin MetadataLost",
                "half/b.zip MetadataLost",
                "mismatch/a.zip ReferenceMismatch",
                "mismatch/b.zip ReferenceMismatch",
                "mismatch/reference.bin ReferenceMismatch",
                "missing/a.zip MissingReference",
                "missing/b.zip MissingReference",
                "orphan/reference.bin OrphanReference",
                "sha/n.txt ShaMismatch",
                "stripped/b.zip MetadataLost",
                "undecodable/b.zip Undecodable",
            ],
            items.Where(item => item.Result!.Finding != VerifyFinding.None).Select(item => $"{item.Uri.Key} {item.Result!.Finding}").Order(StringComparer.Ordinal));
        Assert.All(items, item => Assert.Equal(item.Result!.Finding is VerifyFinding.None or VerifyFinding.OrphanReference, item.Result.IsValid));
    }

    [Fact]
    public async Task An_object_that_cannot_be_looked_at_keeps_no_other_from_it()
    {
        await FillAsync("p/");
        await _world.PutAsync("p/n.txt", V[3]);
        _world.Hooked.Before = call => call is { Verb: StoreVerb.Open, Uri.Key: "p/n.txt" }
            ? throw new DeltaGliderException(ErrorKind.StoreUnavailable, call.Uri.ToString(), "Later.")
            : ValueTask.CompletedTask;

        var items = await RunAsync();

        Assert.Equal([("p/a.zip", false), ("p/b.zip", false), ("p/n.txt", true)], items.Select(item => (item.Uri.Key, item.Error is not null)));
    }

    [Fact]
    public async Task Wrong_credentials_end_it()
    {
        await FillAsync("p/");
        _world.Hooked.Before = call => call.Verb == StoreVerb.Open ? throw new DeltaGliderException(ErrorKind.CredentialsRejected, call.Uri.ToString(), "No.") : ValueTask.CompletedTask;
        Assert.Equal(ErrorKind.CredentialsRejected, (await Assert.ThrowsAsync<DeltaGliderException>(() => RunAsync())).Kind);
    }

    [Fact]
    public async Task A_part_of_a_deltaspace_has_no_orphan_in_it()
    {
        await FillAsync("p/");
        Assert.Empty(await RunAsync(prefix: "p/ref"));
        Assert.Equal(["p/a.zip"], (await RunAsync(prefix: "p/a")).Select(item => item.Uri.Key));
    }

    [Fact]
    public async Task Both_of_two_files_are_read_where_one_is_called_as_the_others_delta_would_be()
    {
        await _world.PutAsync("p/x", V[0]);
        _world.Store.Put(World.Uri("p/x.delta"), V[1]);

        var items = await RunAsync();

        Assert.Equal([("p/x", VerifyFinding.None), ("p/x.delta", VerifyFinding.NotRecorded)], items.Select(item => (item.Uri.Key, item.Result!.Finding)));
    }

    [Fact]
    public async Task Left_early_it_gives_its_references_back()
    {
        await FillAsync("p/", "q/");
        using var cache = new CountingCache();
        await foreach (var _ in _world.Client(cache: cache).Scrub.RunAsync(World.Uri(""), null, World.Cancellation)) break;
        Assert.InRange(cache.Lent, 1, 100);
        Assert.Equal(0, cache.Out);
    }

    private async Task<List<ScrubItem>> RunAsync(Core.UseCases.DeltaGliderUseCases? client = null, string prefix = "")
    {
        var items = new List<ScrubItem>();
        await foreach (var item in (client ?? _world.Client(_world.Hooked)).Scrub.RunAsync(World.Uri(prefix), null, World.Cancellation)) items.Add(item);
        return items;
    }

    private async Task FillAsync(params string[] spaces)
    {
        var client = _world.Client();
        foreach (var space in spaces)
        {
            await _world.PutAsync(space + "a.zip", V[0], client);
            await _world.PutAsync(space + "b.zip", V[1], client);
        }
    }

    private void Drop(string key) => Assert.True(_world.Store.Remove(World.Uri(key)));

    private void Change(string key, Func<byte[], byte[]> change) =>
        _world.Store.Put(World.Uri(key), change(_world.Store.Bytes(World.Uri(key))), _world.Store.Peek(World.Uri(key))!.Metadata);

    private void Strip(string key, string? only = null) =>
        _world.Store.Put(World.Uri(key), _world.Store.Bytes(World.Uri(key)), only is null ? null : _world.Store.Peek(World.Uri(key))!.Metadata.Remove(only));

    /// <summary>A cache that keeps nothing and counts what is out on loan.</summary>
    private sealed class CountingCache : IReferenceCache
    {
        private int _lent;
        private int _out;

        public int Lent => _lent;

        public int Out => _out;

        public async ValueTask<ReferenceLease> AcquireAsync(Sha256Digest sha256, Func<CancellationToken, ValueTask<IDeltaReference>> load, CancellationToken cancellationToken)
        {
            var reference = await load(cancellationToken);
            Interlocked.Increment(ref _lent);
            Interlocked.Increment(ref _out);
            return new ReferenceLease(sha256, reference, () =>
            {
                Interlocked.Decrement(ref _out);
                reference.Dispose();
            });
        }

        public void Dispose()
        {
        }
    }
}
