using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;
using DeltaGlider.TestKit;
using static DeltaGlider.Core.Tests.UseCases.FolderWorld;

namespace DeltaGlider.Core.Tests.UseCases;

public sealed class SyncUpTests : IDisposable
{
    private readonly FolderWorld _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_first_run_stores_everything_and_a_second_one_nothing()
    {
        var versions = VersionedBytes.Versions(1, 20_000, 3);
        for (var i = 0; i < 3; i++) _lab.Write($"app/v{i}.zip", versions[i], i);
        _lab.Write("empty.txt", []);
        _lab.Write("notes with spaces.txt", [1, 2, 3]);

        Assert.Equal(
            ["Upload app/v0.zip Missing", "Upload app/v1.zip Missing", "Upload app/v2.zip Missing", "Upload empty.txt Missing", "Upload notes with spaces.txt Missing"],
            Lines(await _lab.UpAsync()));
        Assert.Equal(["rel/app/reference.bin", "rel/app/v0.zip.delta", "rel/app/v1.zip.delta", "rel/app/v2.zip.delta", "rel/empty.txt", "rel/notes with spaces.txt"], _lab.World.Keys);
        Assert.All(await _lab.UpAsync(), result => Assert.Equal(FolderOutcome.Unchanged, result.Outcome));
        Assert.Equal(versions[2], await _lab.World.GetAsync("rel/app/v2.zip"));
    }

    [Fact]
    public async Task The_first_of_a_deltaspace_becomes_its_reference_however_many_go_at_once()
    {
        var versions = VersionedBytes.Versions(2, 20_000, 12);
        for (var i = 0; i < 12; i++) _lab.Write($"v{i:00}.zip", versions[i]);
        await _lab.UpAsync();

        Assert.Equal(versions[0], _lab.World.Store.Bytes(World.Uri("rel/reference.bin")));
        Assert.Equal(13, _lab.World.Keys.Count);
    }

    [Fact]
    public async Task What_differs_is_stored_again_and_what_only_looks_newer_is_not()
    {
        _lab.Write("same.txt", [1, 2, 3]);
        _lab.Write("touched.txt", [1, 2, 3]);
        _lab.Write("edited.txt", [1, 2, 3]);
        _lab.Write("longer.txt", [1, 2, 3]);
        await _lab.UpAsync();
        _lab.Write("touched.txt", [1, 2, 3], 1);
        _lab.Write("edited.txt", [1, 2, 4], 1);
        _lab.Write("longer.txt", [1, 2, 3, 4], 1);

        Assert.Equal(
            ["Unchanged same.txt Same", "Unchanged touched.txt Same", "Upload edited.txt ContentDiffers", "Upload longer.txt SizeDiffers"],
            Lines(await _lab.UpAsync()));
        Assert.Equal([1, 2, 4], await _lab.World.GetAsync("rel/edited.txt"));
    }

    [Fact]
    public async Task Modes_compare_as_they_say()
    {
        _lab.Write("touched.txt", [1, 2, 3]);
        _lab.Write("edited.txt", [1, 2, 3]);
        _lab.Write("hidden.txt", [1, 2, 3]);
        await _lab.UpAsync();
        _lab.Write("touched.txt", [1, 2, 3], 1);
        _lab.Write("edited.txt", [1, 2, 4], 1);
        _lab.Write("hidden.txt", [9, 2, 3]);
        var asked = new FolderHandlers { Consent = (_, _) => ValueTask.FromResult(false) };

        Assert.Equal(["Unchanged edited.txt Same", "Unchanged hidden.txt Same", "Unchanged touched.txt Same"], Lines(await _lab.UpAsync(r => r with { Mode = SyncMode.SizeOnly }, asked)));
        Assert.Equal(["Unchanged hidden.txt Same", "Unchanged touched.txt Same", "not Upload edited.txt ContentDiffers"], Lines(await _lab.UpAsync(null, asked)));
        Assert.Equal(["Unchanged touched.txt Same", "not Upload edited.txt ContentDiffers", "not Upload hidden.txt ContentDiffers"], Lines(await _lab.UpAsync(r => r with { Mode = SyncMode.Checksum }, asked)));
        Assert.Equal(["Unchanged hidden.txt Same", "not Upload edited.txt TimeDiffers", "not Upload touched.txt TimeDiffers"], Lines(await _lab.UpAsync(r => r with { Mode = SyncMode.ExactTimestamps }, asked)));
    }

    [Fact]
    public async Task What_is_newer_in_the_bucket_is_kept_unless_forced()
    {
        _lab.Write("a.zip", VersionedBytes.Random(1, 5_000), 5);
        await _lab.UpAsync();
        _lab.Write("a.zip", VersionedBytes.Random(2, 5_000));

        Assert.Equal(["Kept a.zip DestinationNewer"], Lines(await _lab.UpAsync()));
        Assert.Equal(VersionedBytes.Random(1, 5_000), await _lab.World.GetAsync("rel/a.zip"));
        Assert.Equal(["Upload a.zip ContentDiffers"], Lines(await _lab.UpAsync(r => r with { Force = true })));
        Assert.Equal(VersionedBytes.Random(2, 5_000), await _lab.World.GetAsync("rel/a.zip"));
    }

    [Fact]
    public async Task Objects_of_other_tools_are_compared_as_the_AWS_CLI_does()
    {
        _lab.World.Store.Put(World.Uri("rel/old.txt"), [1, 2, 3], lastModified: Before.AddHours(-1));
        _lab.World.Store.Put(World.Uri("rel/new.txt"), [1, 2, 3], lastModified: Before.AddHours(1));
        _lab.Write("old.txt", [1, 2, 3]);
        _lab.Write("new.txt", [1, 2, 3]);

        Assert.Equal(["Unchanged new.txt Same", "Upload old.txt TimeDiffers"], Lines(await _lab.UpAsync()));
    }

    [Fact]
    public async Task An_unchanged_folder_costs_one_list_and_one_HEAD_for_each_object()
    {
        for (var i = 0; i < 30; i++) _lab.Write($"f{i}.txt", [1, 2, (byte)i]);
        await _lab.UpAsync();
        var before = _lab.World.Hooked.Calls.Count;
        await _lab.UpAsync();

        var calls = _lab.World.Hooked.Calls.Skip(before).ToList();
        Assert.Equal(30, calls.Count(call => call.Verb == StoreVerb.Find));
        Assert.All(calls, call => Assert.True(call.Verb is StoreVerb.Find or StoreVerb.List));
    }

    [Fact]
    public async Task Delete_removes_what_is_gone_and_nothing_that_is_the_tools_own()
    {
        var versions = VersionedBytes.Versions(3, 20_000, 2);
        _lab.Write("v0.zip", versions[0]);
        _lab.Write("v1.zip", versions[1]);
        _lab.Write("n.txt", [1]);
        await _lab.UpAsync();
        _lab.World.Store.Put(World.Uri("rel-old/x.txt"), [1]);
        _lab.World.Store.Put(World.Uri("rel/kept/"), []);
        File.Delete(Path.Combine(_lab.Root, "v1.zip"));

        Assert.Equal(["Unchanged n.txt Same", "Unchanged v0.zip Same"], Lines(await _lab.UpAsync()));
        Assert.Equal(["Delete v1.zip NotInSource", "Unchanged n.txt Same", "Unchanged v0.zip Same"], Lines(await _lab.UpAsync(r => r with { Delete = true })));
        Assert.Equal(["rel-old/x.txt", "rel/kept/", "rel/n.txt", "rel/reference.bin", "rel/v0.zip.delta"], _lab.World.Keys);
        Assert.Equal(versions[0], await _lab.World.GetAsync("rel/v0.zip"));
    }

    [Fact]
    public async Task At_the_root_of_a_bucket_references_and_the_tools_own_objects_stay()
    {
        var versions = VersionedBytes.Versions(4, 20_000, 2);
        _lab.Write("v0.zip", versions[0]);
        _lab.Write("v1.zip", versions[1]);
        var request = new FolderRequest(_lab.Local, Remote("")) { Delete = true };
        await _lab.RunAsync(request);
        _lab.World.Store.Put(World.Uri(".deltaglider/stats_quick.json"), [1]);
        File.Delete(Path.Combine(_lab.Root, "v0.zip"));

        Assert.Equal(["Delete v0.zip NotInSource", "Unchanged v1.zip Same"], Lines(await _lab.RunAsync(request)));
        Assert.Equal([".deltaglider/stats_quick.json", "reference.bin", "v1.zip.delta"], _lab.World.Keys);
        Assert.Equal(versions[1], await _lab.World.GetAsync("v1.zip"));
    }

    [Fact]
    public async Task Nothing_is_removed_after_a_failure()
    {
        _lab.Write("a.txt", [1]);
        _lab.World.Store.Put(World.Uri("rel/gone.txt"), [1]);
        _lab.World.Store.Put(World.Uri("rel/other.txt"), [1]);
        _lab.Write("bad.delta", [1]);

        var results = await _lab.UpAsync(r => r with { Delete = true, Force = true });
        Assert.Equal(["Upload a.txt Missing", "failed ", "failed bad.delta"], Lines(results));
        Assert.Contains("failed before", results[^1].Error!.Message, StringComparison.Ordinal);
        Assert.Equal(["rel/a.txt", "rel/gone.txt", "rel/other.txt"], _lab.World.Keys);
    }

    [Theory]
    [InlineData(StoreVerb.Put)]
    [InlineData(StoreVerb.Find)]
    public async Task Nothing_is_removed_when_the_store_failed_once(StoreVerb verb)
    {
        _lab.Write("a.txt", [1]);
        _lab.Write("b.txt", [1]);
        _lab.World.Store.Put(World.Uri("rel/gone.txt"), [1]);
        _lab.World.Store.Put(World.Uri("rel/other.txt"), [1]);
        _lab.World.Hooked.Before = call => call.Verb == verb && call.Uri.Key.StartsWith("rel/a", StringComparison.Ordinal)
            ? throw new DeltaGliderException(ErrorKind.StoreUnavailable, call.Uri.ToString(), "It does not answer.")
            : ValueTask.CompletedTask;

        var results = await _lab.UpAsync(r => r with { Delete = true });
        Assert.Equal(["Upload b.txt Missing", "failed ", "failed a.txt"], Lines(results));
        Assert.Contains("rel/gone.txt", _lab.World.Keys);
    }

    [Fact]
    public async Task A_listing_that_breaks_off_ends_the_run_and_nothing_is_removed()
    {
        for (var i = 0; i < 1500; i++) _lab.World.Store.Put(World.Uri($"rel/k{i:0000}"), [1]);
        _lab.Write("k0000", [1]);
        var lists = 0;
        _lab.World.Hooked.Before = call => call.Verb == StoreVerb.List && ++lists == 2
            ? throw new DeltaGliderException(ErrorKind.AccessDenied, call.Uri.ToString(), "No.")
            : ValueTask.CompletedTask;

        await Assert.ThrowsAsync<DeltaGliderException>(() => _lab.UpAsync(r => r with { Delete = true, Force = true }));
        Assert.Equal(1500, _lab.World.Keys.Count);
    }

    [Fact]
    public async Task A_missing_source_is_an_error_and_an_empty_one_removes_nothing_unforced()
    {
        _lab.World.Store.Put(World.Uri("rel/a.txt"), [1]);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(() => _lab.UpAsync(r => r with { Delete = true, Force = true }));
        Assert.Equal(ErrorKind.FileNotFound, error.Kind);

        Directory.CreateDirectory(_lab.Root);
        Assert.Equal(["failed "], Lines(await _lab.UpAsync(r => r with { Delete = true })));
        Assert.Equal(["rel/a.txt"], _lab.World.Keys);
        Assert.Equal(["Delete a.txt NotInSource"], Lines(await _lab.UpAsync(r => r with { Delete = true, Force = true })));
        Assert.Empty(_lab.World.Keys);
    }

    [Fact]
    public async Task MaxDelete_is_all_or_nothing()
    {
        for (var i = 0; i < 5; i++) _lab.World.Store.Put(World.Uri($"rel/x{i}"), [1]);
        _lab.Write("a.txt", [1]);
        _lab.Write("x0", [1]);

        Assert.Equal(6, (await _lab.UpAsync(r => r with { Delete = true, MaxDelete = 3 })).Count(r => r.Outcome != FolderOutcome.Failed) + 4);
        Assert.Equal(6, _lab.World.Keys.Count);
        Assert.Equal(4, (await _lab.UpAsync(r => r with { Delete = true, MaxDelete = 4 })).Count(r => r is { Outcome: FolderOutcome.Done, Step.Action: FolderAction.Delete }));
        Assert.Equal(["rel/a.txt", "rel/x0"], _lab.World.Keys);
    }

    [Fact]
    public async Task A_filter_counts_on_both_sides()
    {
        _lab.Write("a.zip", VersionedBytes.Random(1, 100));
        _lab.Write("a.log", [1]);
        _lab.World.Store.Put(World.Uri("rel/old.log"), [1]);
        _lab.World.Store.Put(World.Uri("rel/b.zip"), [1]);

        Assert.Equal(
            ["Upload a.zip Missing", "failed "],
            Lines(await _lab.UpAsync(r => r with { Delete = true, Filter = PathFilter.Of(null, ["*.log"]) })));
        Assert.Equal(
            ["Delete b.zip NotInSource", "Unchanged a.zip Same"],
            Lines(await _lab.UpAsync(r => r with { Delete = true, Filter = PathFilter.Of(["*.zip"], null) })));
        Assert.Contains("rel/old.log", _lab.World.Keys);
    }

    [Fact]
    public async Task Nothing_is_done_without_consent()
    {
        _lab.Write("a.txt", [1]);
        _lab.World.Store.Put(World.Uri("rel/b.txt"), [1]);
        _lab.World.Store.Put(World.Uri("rel/a.txt"), [1, 2], lastModified: Before.AddHours(-1));
        var asked = new List<string>();
        var results = await _lab.UpAsync(r => r with { Delete = true }, new FolderHandlers
        {
            Consent = (step, _) =>
            {
                asked.Add(step.ToString());
                return ValueTask.FromResult(false);
            },
        });

        Assert.Equal(["not Delete b.txt NotInSource", "not Upload a.txt SizeDiffers"], Lines(results));
        Assert.Equal([$"store {Path.Combine(_lab.Root, "a.txt")} as s3://bucket/rel/a.txt (the sizes differ)", "remove s3://bucket/rel/b.txt (the source does not have it)"], asked);
        Assert.Equal(["rel/a.txt", "rel/b.txt"], _lab.World.Keys);
    }

    [Fact]
    public async Task Names_that_sort_otherwise_in_the_bucket_meet_all_the_same()
    {
        string[] names = ["a.zip", "a.zip-notes", "a.zip.asc", "a-b/c.zip", "a/b.zip", "a.b/c.txt", "a0.zip", "\U0001F600.zip", "\uFF5E.zip", "z.delt/x.zip"];
        for (var i = 0; i < names.Length; i++) _lab.Write(names[i], VersionedBytes.Random(i, 300));
        Assert.Equal(names.Length, (await _lab.UpAsync()).Count(result => result.Outcome == FolderOutcome.Done));

        Assert.All(await _lab.UpAsync(r => r with { Delete = true }), result => Assert.Equal(FolderOutcome.Unchanged, result.Outcome));
    }
}
