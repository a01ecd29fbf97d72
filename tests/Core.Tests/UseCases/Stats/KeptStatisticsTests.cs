using System.Text;
using System.Text.Json;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.UseCases;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases.Stats;

/// <summary>Statistics that are kept in the bucket, in the form that the Python tool writes.</summary>
public sealed class KeptStatisticsTests : IDisposable
{
    private static readonly S3Uri Place = World.Uri(".deltaglider/stats_quick.json");

    private readonly World _world = new();

    public KeptStatisticsTests() => SparseSpace.Plant(_world.Store, World.Bucket, "p/", [("a", 1000, 100), ("b", 1000, 200)], 1000);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_document_is_what_the_python_tool_writes()
    {
        await ComputeAndKeepAsync();

        using var json = JsonDocument.Parse(_world.Store.Bytes(Place));
        var root = json.RootElement;
        Assert.Equal(("1.0", "quick"), (root.GetProperty("version").GetString(), root.GetProperty("mode").GetString()));
        Assert.Equal((3, 1300), (root.GetProperty("validation").GetProperty("object_count").GetInt64(), root.GetProperty("validation").GetProperty("compressed_size").GetInt64()));
        Assert.Equal(
            ["bucket", "object_count", "total_size", "compressed_size", "space_saved", "average_compression_ratio", "delta_objects", "direct_objects", "object_limit_reached"],
            root.GetProperty("stats").EnumerateObject().Select(one => one.Name));
        Assert.Equal(0.35, root.GetProperty("stats").GetProperty("average_compression_ratio").GetDouble(), 6);
        Assert.Equal("application/json", _world.Store.Peek(Place)!.ContentType);
        Assert.EndsWith("Z", root.GetProperty("computed_at").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_hold_while_the_listing_is_the_same()
    {
        var computed = await ComputeAndKeepAsync();
        _world.Store.Put(World.Uri(".deltaglider/tmp/00000000000000000000000000000000_x"), [1, 2, 3]); // the tool's own do not count
        var before = _world.Hooked.Calls.Count;

        var kept = await RunAsync();

        Assert.True(kept.IsFromCache);
        Assert.Equal(computed.Figures, kept.Figures);
        Assert.Equal(computed.ComputedAt.UtcDateTime, kept.ComputedAt.UtcDateTime, TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain(_world.Hooked.Calls.Skip(before), call => call.Verb == StoreVerb.Find);
        Assert.Null(BucketStats.PlaceFor(kept));
    }

    [Fact]
    public async Task One_object_or_one_byte_more_and_they_do_not()
    {
        await ComputeAndKeepAsync();
        _world.Store.Put(World.Uri("p/n.txt"), []);
        Assert.False((await RunAsync()).IsFromCache);

        await ComputeAndKeepAsync();
        _world.Store.Put(World.Uri("p/n.txt"), [1]);
        Assert.False((await RunAsync()).IsFromCache);
    }

    [Fact]
    public async Task Another_mode_has_its_own()
    {
        await ComputeAndKeepAsync();
        Assert.False((await RunAsync(new BucketStatsRequest(World.Uri("")) { Mode = StatsMode.Detailed })).IsFromCache);
    }

    [Theory]
    [InlineData("""{"version":"2.0","mode":"quick","validation":{"object_count":3,"compressed_size":1300},"stats":{"total_size":5,"compressed_size":5,"delta_objects":1,"direct_objects":0}}""")]
    [InlineData("""{"version":"1.0","mode":"sampled","validation":{"object_count":3,"compressed_size":1300},"stats":{"total_size":5,"compressed_size":5,"delta_objects":1,"direct_objects":0}}""")]
    [InlineData("""{"version":"1.0","mode":"quick","validation":{"object_count":3,"compressed_size":1300},"stats":{"total_size":-5,"compressed_size":5,"delta_objects":1,"direct_objects":0}}""")]
    [InlineData("""{"version":"1.0","mode":"quick","validation":{"object_count":3,"compressed_size":1300},"stats":{"total_size":5,"compressed_size":5,"delta_objects":1,"direct_objects":0,"object_limit_reached":true}}""")]
    [InlineData("""{"version":"1.0","mode":"quick","validation":{"object_count":3,"compressed_size":1300}}""")]
    [InlineData("""{"version":1.0,"mode":["quick"]}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_document_of_another_version_or_none_at_all_counts_as_absent(string json)
    {
        _world.Store.Put(Place, Encoding.UTF8.GetBytes(json));
        var found = await RunAsync();
        Assert.Equal((false, 2000), (found.IsFromCache, found.Figures.TotalSize));
    }

    [Fact]
    public async Task What_python_kept_is_taken_and_called_an_estimate_where_it_is_one()
    {
        // Python's numbers are those of the listing before it wrote, or with its documents in it.
        const string Own = "old document";
        _world.Store.Put(World.Uri(".deltaglider/stats_detailed.json"), Encoding.UTF8.GetBytes(Own));
        var text = """{"version":"1.0","mode":"quick","computed_at":"2026-11-20T10:00:00.123456+00:00","validation":{"object_count":5,"compressed_size":SIZE},"stats":{"bucket":"bucket","object_count":2,"total_size":0,"compressed_size":1300,"space_saved":0,"average_compression_ratio":0.0,"delta_objects":2,"direct_objects":0,"object_limit_reached":false}}""";
        text = text.Replace("SIZE", $"{1300 + Own.Length + text.Length}", StringComparison.Ordinal);
        _world.Store.Put(Place, Encoding.UTF8.GetBytes(text));

        var found = await RunAsync();

        Assert.True(found.IsFromCache);
        Assert.Equal((true, 2, 1300, 1000), (found.Figures.IsEstimate, found.Figures.Deltas, found.Figures.StoredSize, found.Figures.ReferenceSize));
        Assert.Equal(new DateTime(2026, 11, 20, 10, 0, 0), found.ComputedAt.UtcDateTime, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task An_estimate_stays_one()
    {
        SparseSpace.Plant(_world.Store, World.Bucket, "p/", [("c", 0, 100)], null);
        await ComputeAndKeepAsync();
        var kept = await RunAsync();
        Assert.Equal((true, true), (kept.IsFromCache, kept.Figures.IsEstimate));
    }

    [Fact]
    public async Task They_are_not_looked_at_where_that_is_not_wanted_or_would_not_do()
    {
        await ComputeAndKeepAsync();
        Assert.False((await RunAsync(new BucketStatsRequest(World.Uri("")) { UseCache = false })).IsFromCache);
        Assert.False((await RunAsync(new BucketStatsRequest(World.Uri("")) { WithDays = true })).IsFromCache);
        var prefix = await RunAsync(new BucketStatsRequest(World.Uri("p/")));
        Assert.False(prefix.IsFromCache);
        Assert.Null(BucketStats.PlaceFor(prefix));
    }

    [Fact]
    public async Task Who_may_not_read_them_does_without()
    {
        await ComputeAndKeepAsync();
        _world.Hooked.Before = call => call.Uri == Place ? throw new DeltaGliderException(ErrorKind.AccessDenied, Place.ToString(), "No.") : ValueTask.CompletedTask;
        Assert.False((await RunAsync()).IsFromCache);
    }

    private async Task<BucketStatistics> ComputeAndKeepAsync()
    {
        var computed = await RunAsync(new BucketStatsRequest(World.Uri("")) { UseCache = false });
        await _world.Sut.Stats.KeepAsync(computed, World.Cancellation);
        return computed;
    }

    private ValueTask<BucketStatistics> RunAsync(BucketStatsRequest? request = null) =>
        _world.Sut.Stats.RunAsync(request ?? new BucketStatsRequest(World.Uri("")), null, World.Cancellation);
}
