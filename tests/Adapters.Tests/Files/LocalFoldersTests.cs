using DeltaGlider.Adapters.Files;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Files;

public sealed class LocalFoldersTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LocalFolders _sut = new();

    private string Root => _folder["root"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_come_in_the_order_in_which_a_bucket_lists_them()
    {
        string[] names = ["a.zip", "a.zip-notes", "a.zip.asc", "a-b/c.zip", "a/b.zip", "a.b/c.txt", "a0.zip", "\U0001F600.zip", "\uFF5E.zip", "z/y/x/w.txt", "Z.txt", "empty.txt"];
        foreach (var name in names) _folder.Write($"root/{name}", name == "empty.txt" ? [] : [1, 2, 3]);
        Directory.CreateDirectory(Path.Combine(Root, "no files here"));

        var entries = Walk();
        Assert.Equal(names.Order(LogicalOrder.Instance), entries.Select(entry => entry.Name));
        Assert.All(entries, entry => Assert.Equal(entry.Name == "empty.txt" ? 0 : 3, entry.Length));
        Assert.All(entries, entry => Assert.Equal(File.GetLastWriteTimeUtc(Path.Combine(Root, entry.Name)), entry.Modified.UtcDateTime));
    }

    [Fact]
    public void What_is_not_there_has_no_files() => Assert.Empty(Walk());

    [Fact]
    public void Files_being_written_are_passed_over()
    {
        _folder.Write("root/a.txt", [1]);
        _folder.Write($"root/{TemporaryName.For("b.txt")}", [1]);

        Assert.Equal(["a.txt"], Walk().Select(entry => entry.Name));
    }

    [Fact]
    public void Links_are_followed_only_on_request_and_never_out_of_the_root()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs a right there.");
        _folder.Write("root/real/a.txt", [1]);
        _folder.Write("outside/secret.txt", [6]);
        Directory.CreateSymbolicLink(Path.Combine(Root, "link"), "real");
        Directory.CreateSymbolicLink(Path.Combine(Root, "real", "loop"), "..");
        Directory.CreateSymbolicLink(Path.Combine(Root, "out"), _folder["outside"]);
        Directory.CreateSymbolicLink(Path.Combine(Root, "up-and-in"), "../root/real");
        File.CreateSymbolicLink(Path.Combine(Root, "file.txt"), "real/a.txt");
        File.CreateSymbolicLink(Path.Combine(Root, "secret.txt"), "../outside/secret.txt");
        File.CreateSymbolicLink(Path.Combine(Root, "dangling"), "nowhere");
        File.CreateSymbolicLink(Path.Combine(Root, "self"), "self");

        Assert.Equal(["real/a.txt"], Walk().Select(entry => entry.Name));

        var followed = Walk(followLinks: true);
        Assert.Equal(["file.txt", "link/a.txt", "real/a.txt", "up-and-in/a.txt"], followed.Where(entry => entry.Problem is null).Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["dangling", "link/loop", "out", "real/loop", "secret.txt", "self", "up-and-in/loop"],
            followed.Where(entry => entry.Problem is not null).Select(entry => entry.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_nobody_may_read_is_named_and_the_rest_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "Rights are other ones on Windows, and root may read everything.");
        if (OperatingSystem.IsWindows()) return;
        _folder.Write("root/a.txt", [1]);
        _folder.Write("root/locked/b.txt", [1]);
        File.SetUnixFileMode(Path.Combine(Root, "locked"), UnixFileMode.None);
        try
        {
            var entries = Walk();
            Assert.Equal(["a.txt", "locked/"], entries.Select(entry => entry.Name));
            Assert.Equal(ErrorKind.FileUnreadable, entries[1].Problem!.Kind);
        }
        finally
        {
            File.SetUnixFileMode(Path.Combine(Root, "locked"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void A_walk_holds_no_more_than_the_folders_on_its_way()
    {
        for (var i = 0; i < 100; i++)
            for (var j = 0; j < 20; j++) _folder.Write($"root/{i:00}/{j:00}.txt", []);

        // The first file comes before the last folder has been opened.
        var first = _sut.Walk(Root, false, TestContext.Current.CancellationToken).First();
        Assert.Equal("00/00.txt", first.Name);
        using var cancel = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var _ in _sut.Walk(Root, false, cancel.Token)) cancel.Cancel();
        });
    }

    [Fact]
    public void A_path_through_a_link_to_the_outside_leads_outside()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs a right there.");
        Directory.CreateDirectory(Path.Combine(Root, "in"));
        Directory.CreateDirectory(_folder["root-2"]);
        Directory.CreateSymbolicLink(Path.Combine(Root, "out"), _folder["root-2"]);
        Directory.CreateSymbolicLink(Path.Combine(Root, "same"), "in");
        Directory.CreateSymbolicLink(_folder["way"], Root);

        Assert.True(_sut.LeadsOutside(Root, Path.Combine(Root, "out", "a", "b")));
        Assert.True(_sut.LeadsOutside(Root, Path.Combine(Root, "out")));
        Assert.False(_sut.LeadsOutside(Root, Path.Combine(Root, "same", "a")));
        Assert.False(_sut.LeadsOutside(Root, Path.Combine(Root, "in", "a")));
        Assert.False(_sut.LeadsOutside(Root, Path.Combine(Root, "new", "a")));
        Assert.False(_sut.LeadsOutside(_folder["way"], _folder["way", "in", "a"]));
        Assert.True(_sut.LeadsOutside(_folder["way"], _folder["way", "out", "a"]));
    }

    [Fact]
    public void Case_is_told_apart_where_the_file_system_does()
    {
        Directory.CreateDirectory(Root);
        var expected = !Directory.Exists(_folder["ROOT"]);

        Assert.Equal(expected, _sut.TellsCaseApart(Root));
        Assert.Equal(expected, _sut.TellsCaseApart(_folder["root", "not", "there"]));
    }

    [Fact]
    public async Task A_scratch_file_is_read_as_it_was_written_and_then_gone()
    {
        var token = TestContext.Current.CancellationToken;
        var bytes = VersionedBytes.Random(1, 300_000);
        IScratchFile scratch = new LocalFiles().BeginScratch(bytes.Length);
        string path;
        await using (scratch)
        {
            await scratch.Stream.WriteAsync(bytes, token);
            await scratch.Stream.FlushAsync(token);
            Assert.Equal(bytes.Length, scratch.Length);
            path = Directory.EnumerateFiles(Path.GetTempPath(), ".scratch.dg-*").OrderByDescending(File.GetLastWriteTimeUtc).First();
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            for (var i = 0; i < 2; i++)
            {
                await using var read = await scratch.OpenAsync(token);
                using var copy = new MemoryStream();
                await read.CopyToAsync(copy, token);
                Assert.Equal(bytes, copy.ToArray());
            }
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_read_only_file_is_made_writable_and_a_link_is_removed_without_what_it_points_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs a right there.");
        var file = _folder.Write("root/a.txt", [1]);
        File.SetAttributes(file, FileAttributes.ReadOnly);
        _sut.MakeWritable(file);
        Assert.False(new FileInfo(file).IsReadOnly);
        File.CreateSymbolicLink(Path.Combine(Root, "link"), "a.txt");

        _sut.Remove(Path.Combine(Root, "link"));
        _sut.Remove(Path.Combine(Root, "gone", "b"));
        Assert.Equal([file], Directory.GetFileSystemEntries(Root));
    }

    private List<LocalEntry> Walk(bool followLinks = false) => [.. _sut.Walk(Root, followLinks, TestContext.Current.CancellationToken)];
}
