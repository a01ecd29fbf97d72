using DeltaGlider.Core.Model;
using DeltaGlider.Core.UseCases;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases.Stats;

public sealed class BucketStatsTests : IDisposable
{
    private static readonly IReadOnlyList<byte[]> V = VersionedBytes.Versions(71, 6_000, 5);

    private readonly World _world = new();

    public static TheoryData<StatsMode> Modes => [.. Enum.GetValues<StatsMode>()];

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task What_python_wrote_adds_up_in_every_mode(StatsMode mode)
    {
        var fixture = PythonBucket.Load();
        fixture.PlantIn(_world.Store, World.Bucket);
        var stored = fixture.Objects.Sum(one => (long)fixture.Bytes(one.File).Length);
        var references = fixture.Objects.Where(one => one.Key.EndsWith("reference.bin", StringComparison.Ordinal)).ToList();

        var (total, spaces) = await RunAsync(mode: mode);

        Assert.Equal(fixture.Files.Length, total.Figures.Objects);
        Assert.Equal(fixture.Objects.Count(one => one.Key.EndsWith(".delta", StringComparison.Ordinal)) - 1, total.Figures.Deltas); // one is a user's own
        Assert.Equal(fixture.Files.Sum(file => file.Size), total.Figures.TotalSize);
        Assert.Equal(stored, total.Figures.StoredSize);
        Assert.Equal(references.Sum(one => (long)fixture.Bytes(one.File).Length), total.Figures.ReferenceSize);
        Assert.False(total.Figures.IsEstimate);
        Assert.Equal(["lossy/", "plain/", "rel/", "targz/", "tars/", ""], spaces.Select(space => space.Space.Prefix));
        Assert.Equal(total.Figures, spaces.Aggregate(StorageFigures.None, (sum, space) => sum.Plus(space.Figures)));
    }

    [Fact]
    public async Task Quick_asks_about_deltas_and_about_nothing_else()
    {
        for (var i = 0; i < 4; i++) await _world.PutAsync($"p/v{i}.zip", V[i]);
        for (var i = 0; i < 30; i++) await _world.PutAsync($"p/n{i}.txt", [1, 2, 3]);
        var before = _world.Hooked.Calls.Count;

        await RunAsync();

        var calls = _world.Hooked.Calls.Skip(before).ToList();
        Assert.Equal(Enumerable.Range(0, 4).Select(i => $"p/v{i}.zip.delta"), calls.Where(call => call.Verb == StoreVerb.Find).Select(call => call.Uri.Key));
        Assert.DoesNotContain(calls, call => call.Verb is StoreVerb.Open or StoreVerb.Put);
    }

    [Fact]
    public async Task Detailed_asks_about_every_file()
    {
        await _world.PutAsync("p/a.zip", V[0]);
        await _world.PutAsync("p/n.txt", [1]);
        var before = _world.Hooked.Calls.Count;

        await RunAsync(mode: StatsMode.Detailed);

        Assert.Equal(["p/a.zip.delta", "p/n.txt"], _world.Hooked.Calls.Skip(before).Where(call => call.Verb == StoreVerb.Find).Select(call => call.Uri.Key));
    }

    [Fact]
    public async Task Sampled_looks_at_some_and_says_that_it_guesses_the_rest()
    {
        Plant("big/", Enumerable.Range(0, 40).Select(i => ($"v{i:00}.zip", 1000L, 100)), referenceSize: 1000);
        Plant("small/", Enumerable.Range(0, 4).Select(i => ($"v{i:00}.zip", 500L, 50)), referenceSize: 500);
        var before = _world.Hooked.Calls.Count;

        var (total, spaces) = await RunAsync(mode: StatsMode.Sampled);

        Assert.Equal(4 + 3 + 4, _world.Hooked.Calls.Skip(before).Count(call => call.Verb == StoreVerb.Find)); // 1-4, 8, 16, 32; 1-4
        Assert.Equal((44, 42_000), (total.Figures.Deltas, total.Figures.TotalSize));
        Assert.True(total.Figures.IsEstimate);
        Assert.Equal([("big/", true), ("small/", false)], spaces.Select(space => (space.Space.Prefix, space.Figures.IsEstimate)));
    }

    [Fact]
    public async Task No_more_looks_are_under_way_than_64()
    {
        Plant("p/", Enumerable.Range(0, 300).Select(i => ($"v{i:000}.zip", 1000L, 10)), referenceSize: 1000);
        var (now, most) = (0, 0);
        _world.Hooked.Before = async call =>
        {
            if (call.Verb != StoreVerb.Find) return;
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Delay(1, World.Cancellation);
            Interlocked.Decrement(ref now);
        };

        await RunAsync(_world.Client(_world.Hooked, transfers: new Core.Ports.TransferGate(200)));

        Assert.InRange(most, 2, 64);
    }

    [Fact]
    public async Task A_deltaspace_is_told_of_once_wherever_its_keys_stand()
    {
        // "a/x" waits for "a/x.delta", which comes after everything below "a/x!/" and "a/x-1/".
        string[] keys = ["a/x", "a/x!/f", "a/x-1/e", "a/x-1/f", "a/x-1/f-2/g", "a/z", "b", "c/d/e/f", "c/d/g", "c//h"];
        foreach (var key in keys) _world.Store.Put(World.Uri(key), [1]);

        var (total, spaces) = await RunAsync();

        Assert.Equal(keys.Length, total.Figures.Direct);
        Assert.Equal(
            new[] { ("", 1L), ("a/", 2), ("a/x!/", 1), ("a/x-1/", 2), ("a/x-1/f-2/", 1), ("c//", 1), ("c/d/", 1), ("c/d/e/", 1) },
            spaces.Select(space => (space.Space.Prefix, space.Figures.Direct)).OrderBy(one => one.Prefix, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Health_is_the_median_of_the_deltas_without_that_of_the_references_own_file()
    {
        Plant("excellent/", [("a", 1000, 100), ("b", 1000, 50), ("c", 1000, 900)], 1000);
        Plant("good/", [("a", 1000, 250)], 1000);
        Plant("fair/", [("a", 1000, 500)], 1000);
        Plant("poor/", [("a", 1000, 501)], 1000);
        Plant("gone/", [("a", 1000, 10)], null);
        Plant("orphan/", [], 1000);
        _world.Store.Put(World.Uri("whole/a.txt"), [1]);
        await _world.PutAsync("alone/a.zip", V[0]);

        var (_, spaces) = await RunAsync();

        Assert.Equal(
            new Dictionary<string, DeltaSpaceHealth>
            {
                ["alone/"] = DeltaSpaceHealth.Unrated,
                ["excellent/"] = DeltaSpaceHealth.Excellent,
                ["fair/"] = DeltaSpaceHealth.Fair,
                ["gone/"] = DeltaSpaceHealth.NoReference,
                ["good/"] = DeltaSpaceHealth.Good,
                ["orphan/"] = DeltaSpaceHealth.Orphan,
                ["poor/"] = DeltaSpaceHealth.Poor,
                ["whole/"] = DeltaSpaceHealth.Unrated,
            },
            spaces.ToDictionary(space => space.Space.Prefix, space => space.Health));
        Assert.Equal(0.1, spaces.Single(space => space.Space.Prefix == "excellent/").MedianDeltaRatio!.Value, 0.0001);
        Assert.Null(spaces.Single(space => space.Space.Prefix == "alone/").MedianDeltaRatio);
    }

    [Fact]
    public async Task A_reference_that_nothing_needs_counts_as_stored()
    {
        Plant("orphan/", [], 1000);

        var (total, _) = await RunAsync();

        Assert.Equal((0, 0, 1000, 1000, 0), (total.Figures.Objects, total.Figures.TotalSize, total.Figures.StoredSize, total.Figures.ReferenceSize, total.Figures.Saved));
    }

    [Fact]
    public async Task The_older_of_two_variants_takes_room_and_is_no_file()
    {
        await _world.PutAsync("p/a.zip", V[0]);
        await _world.PutAsync("p/b.zip", V[1]);
        var delta = _world.Store.Peek(World.Uri("p/b.zip.delta"))!;
        _world.Store.Put(World.Uri("p/b.zip"), new byte[77], lastModified: delta.LastModified.AddHours(-1));
        _world.Store.Put(World.Uri("p/a.zip"), new byte[55], lastModified: delta.LastModified.AddHours(1));

        var (total, _) = await RunAsync();

        Assert.Equal((1, 1), (total.Figures.Deltas, total.Figures.Direct));
        Assert.Equal(V[1].Length + 55, total.Figures.TotalSize);
        Assert.Equal(_world.Keys.Sum(key => _world.Store.Peek(World.Uri(key))!.Size), total.Figures.StoredSize);
    }

    [Fact]
    public async Task A_delta_of_the_reference_itself_needs_no_recorded_size()
    {
        await _world.PutAsync("p/z.zip", V[0]); // listed after the reference
        await _world.PutAsync("p/a.zip", V[0]); // before it
        foreach (var key in new[] { "p/z.zip.delta", "p/a.zip.delta" })
        {
            var delta = _world.Store.Peek(World.Uri(key))!;
            _world.Store.Put(World.Uri(key), _world.Store.Bytes(World.Uri(key)), delta.Metadata.SetItem("dg-file-size", "0"));
        }

        var (total, _) = await RunAsync();

        Assert.Equal((2 * V[0].Length, false), (total.Figures.TotalSize, total.Figures.IsEstimate));
    }

    [Fact]
    public async Task A_size_that_nobody_recorded_makes_it_an_estimate()
    {
        Plant("p/", [("a", 1000, 100), ("b", 0, 100)], 1000);

        var (total, _) = await RunAsync();

        Assert.Equal((2000, true), (total.Figures.TotalSize, total.Figures.IsEstimate));
    }

    [Fact]
    public async Task A_prefix_counts_what_lies_below_it_and_judges_no_part_of_a_deltaspace()
    {
        Plant("p/", [("app-1", 1000, 600), ("app-2", 1000, 600), ("lib-1", 1000, 600)], 1000);
        Plant("p/sub/", [("a", 1000, 600)], 1000);

        var (total, spaces) = await RunAsync(prefix: "p/app");
        Assert.Equal((2, 2000, 1200), (total.Figures.Deltas, total.Figures.TotalSize, total.Figures.StoredSize));
        Assert.Equal(DeltaSpaceHealth.Unrated, Assert.Single(spaces).Health);

        (total, spaces) = await RunAsync(prefix: "p/");
        Assert.Equal((4, 4000, 4400), (total.Figures.Deltas, total.Figures.TotalSize, total.Figures.StoredSize));
        Assert.All(spaces, space => Assert.Equal(DeltaSpaceHealth.Poor, space.Health));
    }

    [Fact]
    public async Task Days_are_those_that_the_writers_recorded()
    {
        await _world.PutAsync("p/a.zip", V[0]);
        _world.Time.Advance(TimeSpan.FromDays(3));
        await _world.PutAsync("p/b.zip", V[1]);
        var odd = _world.Store.Peek(World.Uri("p/b.zip.delta"))!;
        _world.Store.Put(World.Uri("p/c.zip.delta"), new byte[10], odd.Metadata.SetItem("dg-created-at", "0001-01-01T00:00:00Z"));

        var total = await _world.Sut.Stats.RunAsync(new BucketStatsRequest(World.Uri("")) { WithDays = true }, null, World.Cancellation);

        Assert.Equal([new DateOnly(2006, 3, 14), new DateOnly(2026, 11, 22), new DateOnly(2026, 11, 25)], total.Days.Select(day => day.Day));
        Assert.Equal(total.Figures.Objects, total.Days.Sum(day => day.Objects));
        Assert.Equal(total.Figures.TotalSize, total.Days.Sum(day => day.TotalSize));
        Assert.Equal(total.Figures.StoredSize, total.Days.Sum(day => day.StoredSize));
    }

    [Fact]
    public async Task Guessed_sizes_are_in_the_days_too()
    {
        Plant("p/", Enumerable.Range(0, 20).Select(i => ($"v{i:00}.zip", 1000L, 100)), referenceSize: 1000);

        var total = await _world.Sut.Stats.RunAsync(new BucketStatsRequest(World.Uri("")) { Mode = StatsMode.Sampled, WithDays = true }, null, World.Cancellation);

        Assert.Equal((20_000, 20), (total.Days.Sum(day => day.TotalSize), total.Days.Sum(day => day.Objects)));
    }

    private async Task<(BucketStatistics Total, List<DeltaSpaceStatistics> Spaces)> RunAsync(DeltaGliderUseCases? client = null, string prefix = "", StatsMode mode = StatsMode.Quick)
    {
        var spaces = new List<DeltaSpaceStatistics>();
        var total = await (client ?? _world.Sut).Stats.RunAsync(
            new BucketStatsRequest(World.Uri(prefix)) { Mode = mode },
            (space, _) =>
            {
                spaces.Add(space);
                return ValueTask.CompletedTask;
            },
            World.Cancellation);
        return (total, spaces);
    }

    private void Plant(string prefix, IEnumerable<(string Name, long Size, int Stored)> deltas, int? referenceSize) =>
        SparseSpace.Plant(_world.Store, World.Bucket, prefix, deltas, referenceSize);

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
