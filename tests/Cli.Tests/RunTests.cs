using DeltaGlider.Cli.Output;
using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

/// <summary>Interruption, progress, log and help.</summary>
public sealed class RunTests : IDisposable
{
    private static readonly string[] Commands = ["cp", "ls", "rm", "verify"];

    private readonly Lab _lab = new();

    [Fact]
    public async Task Ctrl_c_returns_130_and_leaves_nothing()
    {
        using var interruption = new Interruption();
        interruption.Cancel();

        var outcome = await _lab.RunAsync(interruption, false, "cp", _lab.Write("a.zip", VersionedBytes.Random(1, 5000)), Lab.Uri(""), "--endpoint-url", _lab.StoreUrl);

        Assert.Equal(new Outcome(130, "", $"cancelled: ctrl-c received{Environment.NewLine}"), outcome);
        Assert.Empty(await _lab.KeysAsync());
    }

    [Fact]
    public async Task A_signal_cuts_a_transfer_off_and_nothing_half_done_remains()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a Unix signal");
        var big = _lab.File("big.bin");
        await using (var file = File.Create(big)) file.SetLength(2L << 30);
        using var process = ChildProgram.Start(
            ChildProgram.CommandLine, _lab.FilesFolder, new Dictionary<string, string> { ["DG_LOG_LEVEL"] = "DEBUG" }, "cp", big, Lab.Uri(""), "--endpoint-url", _lab.StoreUrl);
        Assert.StartsWith("debug: Connected", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        UnixSignal.SendTerminate(process.Id);
        var outcome = await ChildProgram.EndAsync(process);

        Assert.Equal(new Outcome(143, "", "cancelled: terminated" + Environment.NewLine), outcome);
        Assert.Empty(await _lab.KeysAsync());
        Assert.DoesNotContain(Directory.GetFiles(_lab.StoreFolder, "*", SearchOption.AllDirectories), file => new FileInfo(file).Length > 0);
    }

    [Fact]
    public async Task Progress_is_shown_only_where_somebody_watches()
    {
        using var interruption = new Interruption();
        string[] copy = ["cp", _lab.Write("a.zip", VersionedBytes.Random(1, 5000)), Lab.Uri(""), "--endpoint-url", _lab.StoreUrl];

        Assert.Contains("\rCompleted ", (await _lab.RunAsync(interruption, true, copy)).Error, StringComparison.Ordinal);
        Assert.Equal("", (await _lab.RunAsync(interruption, true, [.. copy, "--no-progress"])).Error);
        Assert.Equal("", (await _lab.RunAsync(interruption, true, [.. copy, "--quiet"])).Error);
        Assert.Equal("", (await _lab.RunAsync(interruption, false, copy)).Error);
    }

    [Fact]
    public void Progress_is_one_line_that_is_wiped_at_the_end()
    {
        using var terminal = new StringWriter();
        var line = new ProgressLine(terminal);
        line.Report(new ByteProgress(WorkPhase.Uploading, "a.zip", 1024, 2048));
        for (var i = 0; i < 1000; i++) line.Report(new ByteProgress(WorkPhase.Uploading, "a.zip", 1024 + i, 2048));
        line.Dispose();

        const string Shown = "Completed 1.0 KiB/2.0 KiB (uploading)";
        Assert.Equal($"\r{Shown}\r{new string(' ', Shown.Length)}\r", terminal.ToString());
    }

    [Fact]
    public async Task The_log_tells_decisions_from_its_level_on()
    {
        _lab.Environment["DG_LOG_LEVEL"] = "INFO";
        var outcome = await _lab.RunAsync("cp", _lab.Write("a.zip", VersionedBytes.Random(1, 5000)), Lab.Uri(""));

        Assert.Contains($"info: {Lab.Uri("a.zip")} stored as Delta", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("debug:", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("cp", "--help")]
    [InlineData("verify", "-h")]
    public async Task Help_is_no_error(params string[] arguments)
    {
        var outcome = await _lab.RunBareAsync(arguments);

        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("Usage:", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_option_takes_a_secret()
    {
        var help = "";
        foreach (var command in Commands) help += (await _lab.RunBareAsync(command, "--help")).Out;

        Assert.Contains("--profile", help, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", help, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("access-key", help, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => _lab.Dispose();
}
