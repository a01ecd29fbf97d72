using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;
using static DeltaGlider.Core.Tests.UseCases.FolderWorld;

namespace DeltaGlider.Core.Tests.UseCases;

public sealed class SyncDownTests : IDisposable
{
    private readonly FolderWorld _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Everything_comes_back_with_its_times_and_a_second_run_has_nothing_to_do()
    {
        var versions = VersionedBytes.Versions(1, 20_000, 2);
        _lab.Write("app/v0.zip", versions[0], 1);
        _lab.Write("app/v1.zip", versions[1], 2);
        _lab.Write("empty.txt", [], 3);
        await _lab.UpAsync();
        Directory.Delete(_lab.Root, recursive: true);

        Assert.Equal(["Download app/v0.zip Missing", "Download app/v1.zip Missing", "Download empty.txt Missing"], Lines(await _lab.DownAsync()));
        Assert.Equal(versions[1], _lab.Read("app/v1.zip"));
        Assert.Equal(Before.AddHours(2).UtcDateTime, File.GetLastWriteTimeUtc(Path.Combine(_lab.Root, "app/v1.zip")));
        Assert.All(await _lab.DownAsync(), result => Assert.Equal(FolderOutcome.Unchanged, result.Outcome));
        Assert.All(await _lab.UpAsync(), result => Assert.Equal(FolderOutcome.Unchanged, result.Outcome));
    }

    [Fact]
    public async Task An_object_without_a_time_of_its_own_gets_the_stores()
    {
        _lab.World.Store.Put(World.Uri("rel/a.txt"), [1, 2, 3], lastModified: Before);

        await _lab.DownAsync();
        Assert.Equal(Before.UtcDateTime, File.GetLastWriteTimeUtc(Path.Combine(_lab.Root, "a.txt")));
        Assert.Equal(["Unchanged a.txt Same"], Lines(await _lab.DownAsync()));
    }

    [Fact]
    public async Task Newer_objects_come_and_newer_files_stay()
    {
        _lab.Write("remote.txt", [1, 2, 3], 5);
        _lab.Write("local.txt", [1, 2, 3]);
        await _lab.UpAsync();
        _lab.Write("remote.txt", [1, 2, 4]);
        _lab.Write("local.txt", [1, 2, 4], 9);

        Assert.Equal(["Download remote.txt ContentDiffers", "Kept local.txt DestinationNewer"], Lines(await _lab.DownAsync()));
        Assert.Equal([1, 2, 3], _lab.Read("remote.txt"));
        Assert.Equal([1, 2, 4], _lab.Read("local.txt"));
        Assert.Equal(["Download local.txt ContentDiffers", "Unchanged remote.txt Same"], Lines(await _lab.DownAsync(r => r with { Force = true })));
        Assert.Equal([1, 2, 3], _lab.Read("local.txt"));
    }

    [Fact]
    public async Task A_copy_without_comparison_keeps_newer_files_too()
    {
        _lab.Write("same.txt", [1, 2, 3]);
        _lab.Write("edited.txt", [1, 2, 3]);
        _lab.Write("touched.txt", [1, 2, 3]);
        await _lab.UpAsync();
        _lab.Write("edited.txt", [1, 2, 4], 1);
        _lab.Write("touched.txt", [1, 2, 3], 1);

        Assert.Equal(["Download same.txt Asked", "Kept edited.txt DestinationNewer", "Unchanged touched.txt Same"], Lines(await _lab.DownAsync(r => r with { Mode = null })));
        Assert.Equal(3, (await _lab.DownAsync(r => r with { Mode = null, ReplaceNewer = true })).Count(result => result.Outcome == FolderOutcome.Done));
    }

    [Fact]
    public async Task A_read_only_file_is_replaced_only_by_force()
    {
        _lab.Write("a.txt", [1, 2, 3], 1);
        await _lab.UpAsync();
        var path = _lab.Write("a.txt", [9, 9, 9]);
        File.SetAttributes(path, FileAttributes.ReadOnly);

        var failed = Assert.Single(await _lab.DownAsync());
        Assert.Equal(ErrorKind.FileUnwritable, failed.Error!.Kind);
        Assert.Equal([9, 9, 9], _lab.Read("a.txt"));
        await _lab.DownAsync(r => r with { Force = true });
        Assert.Equal([1, 2, 3], _lab.Read("a.txt"));
    }

    [Fact]
    public async Task Markers_become_folders_and_never_files()
    {
        _lab.World.Store.Put(World.Uri("rel/"), []);
        _lab.World.Store.Put(World.Uri("rel/empty/"), []);
        _lab.World.Store.Put(World.Uri("rel/full/"), []);
        _lab.World.Store.Put(World.Uri("rel/full/a.txt"), [1]);
        _lab.World.Store.Put(World.Uri("rel/odd/"), [1]);

        Assert.Equal(["Download full/a.txt Missing", "MakeFolder empty/ Missing", "MakeFolder full/ Missing", "failed odd/"], Lines(await _lab.DownAsync()));
        Assert.True(Directory.Exists(Path.Combine(_lab.Root, "empty")));
        Assert.Equal(["full/a.txt"], _lab.Files);
        Assert.Equal(["Unchanged empty/ Same", "Unchanged full/ Same", "Unchanged full/a.txt Same", "failed odd/"], Lines(await _lab.DownAsync()));
    }

    [Theory]
    [InlineData("rel/../../escape.txt")]
    [InlineData("rel/a/../../../escape.txt")]
    [InlineData("rel//escape.txt")]
    [InlineData("rel/./escape.txt")]
    public async Task Keys_that_lead_elsewhere_are_refused_by_name_and_the_rest_goes_on(string key)
    {
        _lab.World.Store.Put(World.Uri(key), [6, 6, 6]);
        _lab.World.Store.Put(World.Uri("rel/good.txt"), [1]);

        var results = await _lab.DownAsync();
        Assert.Equal(["Download good.txt Missing", $"failed {key[4..]}"], Lines(results));
        Assert.Contains(key, results.Single(result => result.Outcome == FolderOutcome.Failed).Error!.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_lab.World.Folder.Path, "escape.txt", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_link_in_the_folder_does_not_lead_files_out_of_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs a right there.");
        var outside = Directory.CreateDirectory(_lab.World.Folder["outside"]).FullName;
        Directory.CreateDirectory(Path.Combine(_lab.Root, "inside"));
        Directory.CreateSymbolicLink(Path.Combine(_lab.Root, "out"), outside);
        Directory.CreateSymbolicLink(Path.Combine(_lab.Root, "in"), "inside");
        File.CreateSymbolicLink(Path.Combine(_lab.Root, "file.txt"), Path.Combine(outside, "file.txt"));
        _lab.World.Store.Put(World.Uri("rel/out/a.txt"), [6]);
        _lab.World.Store.Put(World.Uri("rel/in/a.txt"), [1]);
        _lab.World.Store.Put(World.Uri("rel/file.txt"), [6]);

        Assert.Equal(["Download in/a.txt Missing", "failed file.txt", "failed out", "failed out/a.txt"], Lines(await _lab.DownAsync(r => r with { Delete = true })).Where(line => line != "failed "));
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
        Assert.Equal([1], _lab.Read("inside/a.txt"));
    }

    [Fact]
    public async Task Delete_removes_files_that_the_prefix_does_not_have()
    {
        _lab.Write("a.txt", [1]);
        await _lab.UpAsync();
        _lab.Write("b/c.txt", [1]);

        Assert.Equal(["Delete b/c.txt NotInSource", "Unchanged a.txt Same"], Lines(await _lab.DownAsync(r => r with { Delete = true })));
        Assert.Equal(["a.txt"], _lab.Files);
    }

    [Fact]
    public async Task An_empty_prefix_removes_nothing()
    {
        _lab.Write("a.txt", [1]);

        Assert.Equal(["failed "], Lines(await _lab.DownAsync(r => r with { Delete = true })));
        Assert.Equal(["a.txt"], _lab.Files);
    }

    [Fact]
    public async Task A_users_own_file_called_delta_is_a_file_on_both_sides()
    {
        string[] keys = ["a", "a.delta", "b.delta", "c.delta", "c.delta.x", "c-d"];
        foreach (var key in keys) _lab.World.Store.Put(World.Uri($"rel/{key}"), [1, 2], lastModified: Before);

        Assert.Equal(keys.Length, (await _lab.DownAsync()).Count(result => result.Outcome == FolderOutcome.Done));
        Assert.All(await _lab.DownAsync(r => r with { Delete = true }), result => Assert.Equal(FolderOutcome.Unchanged, result.Outcome));
        Assert.Equal(keys.Order(StringComparer.Ordinal), _lab.Files);
    }

    [Fact]
    public async Task A_damaged_object_is_named_and_the_file_that_was_there_stays()
    {
        var versions = VersionedBytes.Versions(5, 20_000, 2);
        _lab.Write("v0.zip", versions[0]);
        _lab.Write("v1.zip", versions[1]);
        await _lab.UpAsync();
        var delta = World.Uri("rel/v1.zip.delta");
        var bytes = _lab.World.Store.Bytes(delta);
        bytes[^3] ^= 1;
        _lab.World.Store.Put(delta, bytes, _lab.World.Store.Peek(delta)!.Metadata);
        _lab.Write("v1.zip", [1, 2, 3], -1);

        Assert.Equal(["Unchanged v0.zip Same", "failed v1.zip"], Lines(await _lab.DownAsync()));
        Assert.Equal([1, 2, 3], _lab.Read("v1.zip"));
        Assert.Equal(["v0.zip", "v1.zip"], _lab.Files);
    }
}
