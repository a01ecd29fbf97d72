using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>Overwriters of one key against each other and against readers.</summary>
public sealed class OverwriteRaceTests : IDisposable
{
    private readonly World _world = new();
    private readonly IReadOnlyList<byte[]> _versions = VersionedBytes.Versions(41, 20_000, 4);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_delta_written_while_the_old_one_is_removed_stays()
    {
        await _world.PutAsync("x.zip", _versions[0]);
        var other = _world.Client();
        var done = false;
        _world.Hooked.Before = async call =>
        {
            if (done || call.Verb != StoreVerb.Delete || call.Uri.Key != "x.zip.delta") return;
            done = true;
            await _world.PutAsync("x.zip", _versions[2], other);
        };
        await _world.PutAsync("x.zip", _versions[1], with: Whole);
        Assert.True(done);
        Assert.Equal(_versions[2], await _world.GetAsync("x.zip", _world.Client()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Writers_that_remove_each_others_variant_leave_one(bool wholeIsSlow)
    {
        // Where DELETE compares and removes in two steps, both deletes can hit; the later one's writer notices.
        await _world.PutAsync("o.zip", _versions[3]);
        if (wholeIsSlow) await _world.PutAsync("x.zip", _versions[0]);
        else await _world.PutAsync("x.zip", _versions[0], with: Whole);
        var store = new TwoStepDeleteStore(_world.Store);
        var other = _world.Client();
        var done = false;
        store.Between = async uri =>
        {
            if (done || uri.Key != (wholeIsSlow ? "x.zip.delta" : "x.zip")) return;
            done = true;
            await _world.PutAsync("x.zip", _versions[2], other, wholeIsSlow ? null : Whole);
        };
        await _world.PutAsync("x.zip", _versions[1], _world.Client(store), wholeIsSlow ? Whole : null);
        Assert.True(done);
        Assert.Equal(_versions[1], await _world.GetAsync("x.zip", _world.Client()));
    }

    [Fact]
    public async Task An_object_that_changes_its_variant_between_two_looks_is_found()
    {
        await _world.PutAsync("x.zip", _versions[0]);
        var other = _world.Client();
        var done = false;
        _world.Hooked.Before = async call =>
        {
            if (done || call.Verb != StoreVerb.Find || call.Uri.Key != "x.zip.delta") return;
            done = true;
            await _world.PutAsync("x.zip", _versions[1], other, Whole);
        };
        Assert.Equal(_versions[1], await _world.GetAsync("x.zip"));
        Assert.True(done);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_that_is_overtaken_gets_the_new_version_whole(bool toWhole)
    {
        await _world.PutAsync("o.zip", _versions[3]);
        await _world.PutAsync("x.zip", _versions[0], with: toWhole ? null : Whole);
        var other = _world.Client();
        var done = false;
        _world.Hooked.Before = async call =>
        {
            if (done || call.Verb != StoreVerb.Open || !call.Uri.Key.StartsWith("x.zip", StringComparison.Ordinal)) return;
            done = true;
            await _world.PutAsync("x.zip", _versions[1], other, toWhole ? Whole : null);
        };
        Assert.Equal(_versions[1], await _world.GetAsync("x.zip"));
        Assert.True(done);
    }

    private static PutObjectRequest Whole(PutObjectRequest request) => request with { NoDelta = true };
}
