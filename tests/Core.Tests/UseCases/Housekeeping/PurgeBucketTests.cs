using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases.Housekeeping;

public sealed class PurgeBucketTests : IDisposable
{
    private static readonly IReadOnlyList<byte[]> V = VersionedBytes.Versions(41, 6_000, 3);
    private static readonly DeltaSpace Space = new(World.Bucket, "p/");

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    // It is 2026-11-22T08:00:00Z.
    [Theory]
    [InlineData("2026-11-22T07:59:59.123456Z", true)]
    [InlineData("2026-11-22T07:59:59.123456", true)]
    [InlineData("2026-11-22T07:59:59", true)]
    [InlineData("2026-11-22T07:59:59Z", true)]
    [InlineData("2026-11-22T07:59:59.123456+00:00", true)]
    [InlineData("2026-11-22T09:59:59+02:00", true)]
    [InlineData("2026-11-22T02:59:59-05:00", true)]
    [InlineData("2026-11-22T08:30:00.123456Z", false)]
    [InlineData("2026-11-22T08:30:00", false)]
    [InlineData("2026-11-22T10:30:00.5+02:00", false)]
    [InlineData("2026-11-22T07:30:00-05:00", false)]
    public async Task A_temporary_goes_when_it_has_expired_however_that_is_written(string expires, bool goes)
    {
        var uri = Temporary("a.zip", ("dg-expires-at", expires), ("dg-rehydrated", "true"));

        var removed = await PurgeAsync();

        Assert.Equal(goes ? [(uri.Key, LeftoverKind.Temporary)] : [], removed);
        Assert.Equal(goes, _world.Store.Peek(uri) is null);
    }

    [Theory]
    [InlineData("dg_expires_at")]
    [InlineData("expires_at")]
    public async Task Its_name_may_be_an_older_one(string name)
    {
        Temporary("a.zip", (name, "2026-11-22T07:00:00"));
        Assert.Single(await PurgeAsync());
    }

    [Fact]
    public async Task One_without_an_expiry_goes_when_no_link_to_it_can_be_good_any_more()
    {
        Temporary("a.zip");
        Temporary("b.zip", ("dg-expires-at", "some day"));
        _world.Time.Advance(TimeSpan.FromDays(6));
        Assert.Empty(await PurgeAsync());
        _world.Time.Advance(TimeSpan.FromDays(1.1));
        Assert.Equal(2, (await PurgeAsync()).Count);
    }

    [Fact]
    public async Task Uploads_go_by_their_age()
    {
        var now = _world.Time.GetUtcNow();
        _world.Store.BeginUpload(World.Uri("old"), now - TimeSpan.FromHours(25));
        _world.Store.BeginUpload(World.Uri("new"), now - TimeSpan.FromHours(23));

        Assert.Equal([("old", LeftoverKind.Upload)], await PurgeAsync());
        Assert.Equal([("new", LeftoverKind.Upload)], await PurgeAsync(TimeSpan.FromHours(1)));
        Assert.Empty(await PurgeAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Objects_and_kept_statistics_are_no_leftovers()
    {
        await _world.PutAsync("p/a.zip", V[0]);
        await _world.Sut.Stats.KeepAsync(await _world.Sut.Stats.RunAsync(new BucketStatsRequest(World.Uri("")), null, World.Cancellation), World.Cancellation);
        _world.Time.Advance(TimeSpan.FromDays(100));
        var before = _world.Keys;
        Assert.Empty(await PurgeAsync());
        Assert.Equal(before, _world.Keys);
    }

    [Fact]
    public async Task A_spare_that_deltas_need_is_never_removed()
    {
        await FillAsync();
        SetAside();
        _world.Store.Remove(Space.Reference);
        _world.Time.Advance(TimeSpan.FromDays(30));

        Assert.Empty(await PurgeAsync(TimeSpan.Zero));
        Assert.Equal(V[1], await _world.GetAsync("p/b.zip", _world.Client()));

        // Another reference in its place does not make it unneeded.
        _world.Store.Put(Space.Reference, V[2], _world.Store.Peek(SpareReference.Of(Space))!.Metadata);
        Assert.Empty(await PurgeAsync(TimeSpan.Zero));
        Assert.Equal(V[1], await _world.GetAsync("p/b.zip", _world.Client()));
    }

    [Fact]
    public async Task A_spare_goes_when_the_same_reference_is_in_place_or_no_delta_is_left()
    {
        await FillAsync();
        SetAside();
        Assert.Empty(await PurgeAsync()); // its remover may be at it
        _world.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal([(SpareReference.Of(Space).Key, LeftoverKind.Spare)], await PurgeAsync());

        SetAside();
        foreach (var key in new[] { "p/a.zip.delta", "p/b.zip.delta", "p/reference.bin" }) _world.Store.Remove(World.Uri(key));
        _world.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal([(SpareReference.Of(Space).Key, LeftoverKind.Spare)], await PurgeAsync());
        Assert.Empty(_world.Keys);
    }

    [Fact]
    public async Task A_spare_that_is_needed_between_plan_and_removal_stays()
    {
        await FillAsync();
        SetAside();
        _world.Time.Advance(TimeSpan.FromMinutes(11));
        var purge = _world.Client(_world.Hooked).Purge;
        var leftovers = await PlanAsync(purge, TimeSpan.Zero);

        _world.Store.Remove(Space.Reference);

        Assert.False(await purge.RunAsync(Assert.Single(leftovers), World.Cancellation));
        Assert.Equal(V[1], await _world.GetAsync("p/b.zip", _world.Client()));
    }

    [Fact]
    public async Task A_temporary_that_somebody_has_written_anew_stays()
    {
        var uri = Temporary("a.zip", ("dg-expires-at", "2026-11-22T07:00:00Z"));
        var purge = _world.Client().Purge;
        var leftover = Assert.Single(await PlanAsync(purge, TimeSpan.Zero));
        _world.Store.Put(uri, [9, 9, 9]);
        Assert.False(await purge.RunAsync(leftover, World.Cancellation));
        Assert.NotNull(_world.Store.Peek(uri));
    }

    [Fact]
    public async Task A_plan_changes_nothing()
    {
        Temporary("a.zip", ("dg-expires-at", "2026-11-22T07:00:00Z"));
        await PlanAsync(_world.Sut.Purge, TimeSpan.Zero);
        Assert.DoesNotContain(_world.Hooked.Calls, call => call.Verb is StoreVerb.Delete or StoreVerb.Put);
    }

    private async Task<List<(string Key, LeftoverKind Kind)>> PurgeAsync(TimeSpan? olderThan = null)
    {
        var purge = _world.Client(_world.Hooked).Purge;
        var removed = new List<(string, LeftoverKind)>();
        foreach (var leftover in await PlanAsync(purge, olderThan ?? PurgeRequest.DefaultAge))
        {
            if (await purge.RunAsync(leftover, World.Cancellation)) removed.Add((leftover.Uri.Key, leftover.Kind));
        }

        return removed;
    }

    private static async Task<List<Leftover>> PlanAsync(Core.UseCases.PurgeBucket purge, TimeSpan olderThan)
    {
        var leftovers = new List<Leftover>();
        await foreach (var leftover in purge.PlanAsync(new PurgeRequest(World.Bucket) { OlderThan = olderThan }, World.Cancellation)) leftovers.Add(leftover);
        return leftovers;
    }

    private S3Uri Temporary(string name, params (string Name, string Value)[] metadata)
    {
        var uri = TemporaryKeys.New(World.Bucket, name);
        _world.Store.Put(uri, [1, 2, 3], metadata.ToDictionary(pair => pair.Name, pair => pair.Value));
        return uri;
    }

    private async Task FillAsync()
    {
        var client = _world.Client();
        await _world.PutAsync("p/a.zip", V[0], client);
        await _world.PutAsync("p/b.zip", V[1], client);
    }

    // What a remover does first, and leaves when it is killed then.
    private void SetAside() => _world.Store.Put(SpareReference.Of(Space), V[0], _world.Store.Peek(Space.Reference)!.Metadata);
}
