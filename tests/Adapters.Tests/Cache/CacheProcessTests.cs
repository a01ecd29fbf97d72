using System.Diagnostics;
using System.Globalization;
using DeltaGlider.Adapters.Cache;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Cache;

/// <summary>The cache between processes: this test program, started again.</summary>
public sealed class CacheProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Processes_that_share_a_folder_read_write_and_evict_at_once_and_read_nothing_wrong()
    {
        const long Limit = 2_000_000;
        using var one = Start("hammer", _folder.Path, Limit.ToString(CultureInfo.InvariantCulture), "4");
        using var other = Start("hammer", _folder.Path, Limit.ToString(CultureInfo.InvariantCulture), "4");
        using var third = Start("hammer", _folder.Path, (Limit / 2).ToString(CultureInfo.InvariantCulture), "4");
        foreach (var process in new[] { one, other, third })
        {
            var counts = (await EndAsync(process)).Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            Assert.True(counts[0] > 0 && counts[1] > 1, $"hits and stored: {string.Join(" and ", counts)}");
        }

        Assert.InRange(CacheFiles.Entries(_folder.Path).Sum(path => new FileInfo(path).Length), 1, Limit);
        Assert.Empty(Directory.EnumerateFiles(_folder["references", "tmp"]));

        // What is left is whole.
        using var storage = CacheFiles.Shared(_folder.Path);
        for (var i = 0; i < CacheChild.References; i++)
        {
            var bytes = CacheChild.Reference(i);
            if (await CacheFiles.ReadAsync(storage, CacheFiles.Sha(bytes), Cancel) is { } read) Assert.Equal(bytes, read);
        }
    }

    [Fact]
    public async Task Writers_that_are_killed_leave_nothing_wrong()
    {
        for (var round = 0; round < 6; round++)
        {
            using var process = Start("hammer", _folder.Path, "2000000", "60");
            var deadline = Environment.TickCount64 + 30_000;
            while (CacheFiles.Entries(_folder.Path).Length < 2 && Environment.TickCount64 < deadline) await Task.Delay(5, Cancel);
            await Task.Delay(Random.Shared.Next(60), Cancel);
            process.Kill();
            await process.WaitForExitAsync(Cancel);
            foreach (var path in Directory.EnumerateFiles(_folder["references", "tmp"])) File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
            using var storage = CacheFiles.Shared(_folder.Path);
            Assert.Empty(Directory.EnumerateFiles(_folder["references", "tmp"]));
            for (var i = 0; i < CacheChild.References; i++)
            {
                var bytes = CacheChild.Reference(i);
                if (await CacheFiles.ReadAsync(storage, CacheFiles.Sha(bytes), Cancel) is { } read) Assert.Equal(bytes, read);
                storage.Forget(CacheFiles.Sha(bytes));
            }
        }
    }

    [Fact]
    public async Task The_folder_of_a_killed_process_is_swept_and_that_of_a_living_one_stays()
    {
        using var killed = await HoldAsync();
        var dead = Assert.Single(Folders());
        using var living = await HoldAsync();
        Assert.Equal(2, Folders().Length);
        killed.Kill();
        await killed.WaitForExitAsync(Cancel);
        Assert.NotEmpty(CacheFiles.Entries(dead));

        // The next process sweeps; and one that holds a folder of its own, too.
        using (new ProcessFolder(_folder.Path)) Assert.False(Directory.Exists(dead));
        var alive = Assert.Single(Folders());
        Assert.Single(CacheFiles.Entries(alive));
        if (!OperatingSystem.IsWindows()) Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(alive));

        // A process that ends by itself removes its own, without disposing anything.
        living.StandardInput.Close();
        await EndAsync(living);
        Assert.Empty(Folders());
    }

    [Theory]
    [InlineData("-TERM")]
    [InlineData("-HUP")]
    public async Task A_process_that_is_told_to_end_removes_its_folder(string signal)
    {
        Requirement.Demand("unix", !OperatingSystem.IsWindows(), "signals");
        using var process = await HoldAsync();
        Assert.Single(Folders());
        using (var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(Cancel);
        await process.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.NotEqual(0, process.ExitCode);
        Assert.Empty(Folders());
    }

    [Fact]
    public void A_folder_that_is_being_made_stays_and_one_that_never_was_finished_goes()
    {
        var young = Directory.CreateDirectory(_folder[$"deltaglider-cache-{Guid.NewGuid():n}"]).FullName;
        var old = Directory.CreateDirectory(_folder[$"deltaglider-cache-{Guid.NewGuid():n}"]).FullName;
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-1));
        using var folder = new ProcessFolder(_folder.Path);
        Assert.Equal((true, false), (Directory.Exists(young), Directory.Exists(old)));
    }

    [Fact]
    public void A_sweep_removes_only_what_the_cache_makes()
    {
        var theirs = _folder.Write($"deltaglider-cache-{Guid.NewGuid():n}/notes.txt", [1]);
        File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(theirs)!, "lock"), []);
        var other = _folder.Write("deltaglider-demo/lock", []);
        using var folder = new ProcessFolder(_folder.Path);
        Assert.Equal((true, true), (File.Exists(theirs), File.Exists(other)));
    }

    [Fact]
    public void A_folder_that_somebody_cleaned_away_is_made_again()
    {
        using var folder = new ProcessFolder(_folder.Path);
        Assert.Empty(Folders());
        folder.Create();
        var first = folder.Path;
        folder.Create();
        Assert.Equal(first, Assert.Single(Folders()));
        Directory.Delete(first, recursive: true);
        folder.Create();
        Assert.Equal(folder.Path, Assert.Single(Folders()));
        folder.Dispose();
        Assert.Empty(Folders());
        Assert.Throws<ObjectDisposedException>(folder.Create);
    }

    [Fact]
    public async Task A_reference_of_300_MB_takes_less_than_32_MB_of_managed_memory_in_all()
    {
        using var process = Start("large", _folder.Path, "300000000");
        var words = (await EndAsync(process)).Split(' ');
        Assert.Equal("True", words[0]);
        Assert.InRange(long.Parse(words[1], CultureInfo.InvariantCulture), 1, 32_000_000);
    }

    private string[] Folders() => Directory.GetDirectories(_folder.Path, "deltaglider-cache-*");

    private async Task<Process> HoldAsync()
    {
        var process = Start("hold", _folder.Path);
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancel));
        return process;
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { typeof(CacheProcessTests).Assembly.Location, CacheChild.Switch }.Concat(arguments)) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static async Task<string> EndAsync(Process process)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(120));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = await process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.Equal((0, ""), (process.ExitCode, error));
            return (await output).Trim();
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
