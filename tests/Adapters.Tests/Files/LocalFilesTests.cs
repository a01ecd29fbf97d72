using System.Text;
using DeltaGlider.Adapters.Files;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Files;

public sealed class LocalFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LocalFiles _files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_describes_files_and_folders_and_nothing_else()
    {
        File.WriteAllText(_folder["a"], "12345");
        var time = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);
        File.SetLastWriteTimeUtc(_folder["a"], time.UtcDateTime);
        Assert.Equal(new LocalFile(_folder["a"], false, 5, time), _files.Find(_folder["a"]));
        Assert.True(_files.Find(_folder.Path) is { IsFolder: true, Length: 0 });
        Assert.Null(_files.Find(_folder["b"]));
    }

    [Fact]
    public async Task Content_can_be_opened_several_times_and_is_seekable()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('x', 300_000) + "end");
        await File.WriteAllBytesAsync(_folder["a"], bytes, Cancel);
        var content = _files.Read(_folder["a"]);
        Assert.Equal(bytes.Length, content.Length);
        await using var one = await content.OpenAsync(Cancel);
        await using var other = await content.OpenAsync(Cancel);
        Assert.Equal(bytes, await AllAsync(one));
        Assert.Equal(bytes, await AllAsync(other));
        one.Position = bytes.Length - 3;
        Assert.Equal("end"u8.ToArray(), await AllAsync(one));
    }

    [Fact]
    public void What_cannot_be_read_is_told_apart()
    {
        Assert.Equal(ErrorKind.FileNotFound, Assert.Throws<DeltaGliderException>(() => _files.Read(_folder["none"])).Kind);
        Assert.Equal(ErrorKind.FileNotFound, Assert.Throws<DeltaGliderException>(() => _files.Read(_folder["none", "below"])).Kind);
        Assert.Equal(ErrorKind.IsAFolder, Assert.Throws<DeltaGliderException>(() => _files.Read(_folder.Path)).Kind);
    }

    [Theory]
    [InlineData("longer")]
    [InlineData("shorter")]
    [InlineData("touched")]
    [InlineData("gone")]
    public async Task A_file_that_changed_before_it_was_opened_is_noticed(string how)
    {
        await File.WriteAllTextAsync(_folder["a"], "before", Cancel);
        File.SetLastWriteTimeUtc(_folder["a"], new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var content = _files.Read(_folder["a"]);
        if (how == "gone") File.Delete(_folder["a"]);
        else await File.WriteAllTextAsync(_folder["a"], how switch { "longer" => "before and after", "shorter" => "be", _ => "BEFORE" }, Cancel);
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await content.OpenAsync(Cancel));
        Assert.Equal(how == "gone" ? ErrorKind.FileNotFound : ErrorKind.FileChanged, error.Kind);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_file_that_changes_while_it_is_read_is_noticed(int by)
    {
        await File.WriteAllBytesAsync(_folder["a"], new byte[100_000], Cancel);
        await using var stream = await _files.Read(_folder["a"]).OpenAsync(Cancel);
        await stream.ReadExactlyAsync(new byte[50_000], Cancel);
        await using (var writer = new FileStream(_folder["a"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) writer.SetLength(100_000 + by);
        Assert.Equal(ErrorKind.FileChanged, (await Assert.ThrowsAsync<DeltaGliderException>(() => AllAsync(stream))).Kind);
    }

    [Fact]
    public async Task A_committed_file_has_its_bytes_and_time_and_nothing_else_is_left()
    {
        var time = new DateTimeOffset(2020, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);
        await WriteAsync(_folder["new", "deep", "a.zip"], "bytes", time);
        Assert.Equal("bytes", await File.ReadAllTextAsync(_folder["new", "deep", "a.zip"], Cancel));
        Assert.Equal(time.UtcDateTime, File.GetLastWriteTimeUtc(_folder["new", "deep", "a.zip"]));
        await WriteAsync(_folder["new", "deep", "a.zip"], "other", null);
        Assert.Equal("other", await File.ReadAllTextAsync(_folder["new", "deep", "a.zip"], Cancel));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder["new", "deep"]));
    }

    [Fact]
    public async Task Without_a_commit_the_old_file_stays_and_the_temporary_goes()
    {
        await File.WriteAllTextAsync(_folder["a"], "old", Cancel);
        await using (var writer = _files.BeginReplace(_folder["a"]))
        {
            await writer.Stream.WriteAsync("new"u8.ToArray(), Cancel);
            await writer.Stream.FlushAsync(Cancel);
            var temporary = Assert.Single(Directory.EnumerateFiles(_folder.Path), path => path != _folder["a"]);
            Assert.True(TemporaryName.Is(Path.GetFileName(temporary)));
            Assert.Equal("old", await File.ReadAllTextAsync(_folder["a"], Cancel));
        }

        Assert.Equal([_folder["a"]], Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Equal("old", await File.ReadAllTextAsync(_folder["a"], Cancel));
    }

    [Fact]
    public async Task A_cancelled_commit_leaves_the_old_file()
    {
        await File.WriteAllTextAsync(_folder["a"], "old", Cancel);
        await using (var writer = _files.BeginReplace(_folder["a"]))
        {
            await writer.Stream.WriteAsync("new"u8.ToArray(), Cancel);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await writer.CommitAsync(null, new CancellationToken(true)));
        }

        Assert.Equal("old", await File.ReadAllTextAsync(_folder["a"], Cancel));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_read_only_file_stays_as_it_is()
    {
        await File.WriteAllTextAsync(_folder["a"], "old", Cancel);
        File.SetAttributes(_folder["a"], FileAttributes.ReadOnly);
        Assert.Equal(ErrorKind.FileUnwritable, Assert.Throws<DeltaGliderException>(() => _files.BeginReplace(_folder["a"])).Kind);
        Assert.Equal("old", await File.ReadAllTextAsync(_folder["a"], Cancel));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Path));
        File.SetAttributes(_folder["a"], FileAttributes.Normal);
    }

    [Fact]
    public async Task A_file_that_the_disk_has_no_room_for_is_refused_before_anything_is_made()
    {
        await File.WriteAllTextAsync(_folder["a"], "old", Cancel);
        var asked = new List<string>();
        var files = new LocalFiles(folder =>
        {
            asked.Add(folder);
            return 1000;
        });
        foreach (var path in new[] { _folder["a"], _folder["new", "deep", "b"] })
        {
            var error = Assert.Throws<DeltaGliderException>(() => files.BeginReplace(path, 1001));
            Assert.Equal((ErrorKind.DiskFull, path, $"'{path}' needs 1001 bytes, and 1000 are free on its disk."), (error.Kind, error.Subject, error.Message));
        }

        Assert.Equal([_folder.Path, _folder["new", "deep"]], asked);
        Assert.Equal([_folder["a"]], Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Equal("old", await File.ReadAllTextAsync(_folder["a"], Cancel));
        await using (files.BeginReplace(_folder["a"], 1000)) Assert.Equal(2, Directory.EnumerateFileSystemEntries(_folder.Path).Count());
        await using (files.BeginReplace(_folder["a"])) Assert.Equal(2, Directory.EnumerateFileSystemEntries(_folder.Path).Count());
        await using var unknown = new LocalFiles(_ => null).BeginReplace(_folder["a"], long.MaxValue);
    }

    [Fact]
    public async Task A_real_disk_without_room_is_refused_at_once_or_found_full_on_the_way_and_the_old_file_stays()
    {
        using var disk = Cache.SmallDisk.Mount(_folder["disk"], 1 << 20);
        var path = Path.Combine(disk.Path, "a");
        await File.WriteAllTextAsync(path, "old", Cancel);
        Assert.Equal(ErrorKind.DiskFull, Assert.Throws<DeltaGliderException>(() => _files.BeginReplace(path, 1 << 20)).Kind);
        await using (var writer = _files.BeginReplace(path, 1 << 19))
        {
            var error = await Assert.ThrowsAsync<DeltaGliderException>(async () =>
            {
                await writer.Stream.WriteAsync(new byte[2 << 20], Cancel);
                await writer.CommitAsync(null, Cancel);
            });
            Assert.Equal((ErrorKind.DiskFull, path), (error.Kind, error.Subject));
        }

        Assert.Equal("old", await File.ReadAllTextAsync(path, Cancel));
        Assert.Single(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("new/deep/c")]
    public async Task A_disk_that_may_only_be_read_is_told_as_such_and_stays_as_it_is(string name)
    {
        using var disk = Cache.SmallDisk.Mount(_folder["disk"], 1 << 20);
        await File.WriteAllTextAsync(Path.Combine(disk.Path, "a"), "old", Cancel);
        disk.MakeReadOnly();
        var path = Path.Combine(disk.Path, name);
        var error = Assert.Throws<DeltaGliderException>(() => _files.BeginReplace(path, 10));
        Assert.Equal((ErrorKind.FileUnwritable, path), (error.Kind, error.Subject));
        Assert.Contains("read-only", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(disk.Path, "a"), Cancel));
        Assert.Single(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [Fact]
    public void What_is_free_is_asked_of_the_nearest_folder_there_is()
    {
        Assert.InRange(Common.FreeSpace.Below(_folder.Path)!.Value, 1, long.MaxValue);
        Assert.NotNull(Common.FreeSpace.Below(_folder["not", "yet", "there"]));
    }

    [Fact]
    public async Task A_folder_in_the_place_is_an_error()
    {
        Assert.Equal(ErrorKind.IsAFolder, Assert.Throws<DeltaGliderException>(() => _files.BeginReplace(_folder.Path)).Kind);
        await using var writer = _files.BeginReplace(_folder["late"]);
        Directory.CreateDirectory(_folder["late"]);
        Assert.Equal(ErrorKind.IsAFolder, (await Assert.ThrowsAsync<DeltaGliderException>(async () => await writer.CommitAsync(null, Cancel))).Kind);
        await File.WriteAllTextAsync(_folder["file"], "", Cancel);
        Assert.Equal(ErrorKind.FileUnwritable, Assert.Throws<DeltaGliderException>(() => _files.BeginReplace(_folder["file", "below"])).Kind);
    }

    [Fact]
    public async Task Rights_of_the_old_file_are_kept_and_a_link_stays_a_link()
    {
        Requirement.Demand("unix", !OperatingSystem.IsWindows(), "rights and links of Unix");
        if (OperatingSystem.IsWindows()) return;
        await File.WriteAllTextAsync(_folder["private"], "old", Cancel);
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(_folder["private"], Mode);
        File.CreateSymbolicLink(_folder["link"], _folder["private"]);
        await WriteAsync(_folder["link"], "new", null);
        Assert.Equal("new", await File.ReadAllTextAsync(_folder["private"], Cancel));
        Assert.Equal(Mode, File.GetUnixFileMode(_folder["private"]));
        Assert.NotNull(new FileInfo(_folder["link"]).LinkTarget);
    }

    [Theory]
    [InlineData("x", 255)]
    [InlineData("文", 85)]
    [InlineData("😀", 63)]
    public async Task The_longest_names_can_be_written(string part, int times)
    {
        var name = string.Concat(Enumerable.Repeat(part, times));
        await WriteAsync(_folder[name], "bytes", null);
        Assert.Equal("bytes", await File.ReadAllTextAsync(_folder[name], Cancel));
        Assert.InRange(Encoding.UTF8.GetByteCount(TemporaryName.For(name)), 200, 255);
        Assert.True(TemporaryName.Is(TemporaryName.For(name)));
        Assert.False(TemporaryName.Is(name));
    }

    [Fact]
    public async Task A_full_disk_is_told_as_such_and_leaves_nothing()
    {
        // The one file system that any Linux has, and that is always full.
        Requirement.Demand("dev-full", File.Exists("/dev/full"), "/dev/full");
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1);
        await using var stream = new WritableStream(full, "a.zip");
        var error = await Assert.ThrowsAsync<DeltaGliderException>(async () => await stream.WriteAsync(new byte[10], Cancel));
        Assert.Equal(ErrorKind.DiskFull, error.Kind);
        Assert.Equal("a.zip", error.Subject);
    }

    private static async Task<byte[]> AllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, Cancel);
        return all.ToArray();
    }

    private async Task WriteAsync(string path, string text, DateTimeOffset? modified)
    {
        await using var writer = _files.BeginReplace(path);
        await writer.Stream.WriteAsync(Encoding.UTF8.GetBytes(text), Cancel);
        await writer.CommitAsync(modified, Cancel);
    }
}
