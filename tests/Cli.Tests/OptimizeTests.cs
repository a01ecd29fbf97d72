using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

public sealed class OptimizeTests : IDisposable
{
    private readonly Lab _lab = new();

    [Fact]
    public async Task A_dry_run_says_what_would_be_saved_and_changes_nothing()
    {
        await FillAsync();
        var keys = await _lab.KeysAsync();

        var outcome = await _lab.RunAsync("optimize", Lab.Uri("p/"), "--dryrun");

        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Matches($"^\\(dryrun\\) optimize: make {Lab.Uri("p/v")}\\d.zip the reference of {Lab.Uri("p/")} and re-encode its 4 objects \\(.*% saved; up to .* more meanwhile, .* to move\\)$", outcome.Lines[^1]);
        Assert.Equal(keys, await _lab.KeysAsync());
    }

    [Fact]
    public async Task Without_yes_nothing_is_done()
    {
        await FillAsync();
        var keys = await _lab.KeysAsync();

        var outcome = await _lab.RunAsync("optimize", Lab.Uri("p/"));

        Assert.Equal(2, outcome.Code);
        Assert.Contains("--yes", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(keys, await _lab.KeysAsync());
    }

    [Fact]
    public async Task With_yes_every_step_is_told_and_the_saving_at_the_end()
    {
        var files = await FillAsync();

        var outcome = await _lab.RunAsync("optimize", Lab.Uri("p/"), "--yes");

        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal(3, outcome.Lines.Count(line => line.Contains(" as a delta of ", StringComparison.Ordinal)));
        Assert.Contains($"optimize: {Lab.Uri("p/a.zip")} stays whole", outcome.Lines);
        Assert.Matches(@"% saved\)$", outcome.Lines[^1]);
        Assert.Equal(["p/a.zip", "p/reference.bin", "p/v0.zip.delta", "p/v1.zip.delta", "p/v2.zip.delta"], await _lab.KeysAsync());
        foreach (var (name, bytes) in files)
        {
            await _lab.RunAsync("cp", Lab.Uri("p/" + name), _lab.File("back.zip"));
            Assert.Equal(bytes, await File.ReadAllBytesAsync(_lab.File("back.zip"), TestContext.Current.CancellationToken));
        }

        var again = await _lab.RunAsync("optimize", Lab.Uri("p/"));
        Assert.Equal(0, again.Code);
        Assert.StartsWith($"optimize: leave {Lab.Uri("p/")} as it is: ", again.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prefix_without_its_slash_is_an_error_of_usage()
    {
        await FillAsync();
        var outcome = await _lab.RunAsync("optimize", Lab.Uri("p"), "--yes");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("with the / at its end", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _lab.Dispose();

    private async Task<Dictionary<string, byte[]>> FillAsync()
    {
        var versions = VersionedBytes.Versions(17, 30_000, 3);
        var files = new Dictionary<string, byte[]> { ["a.zip"] = VersionedBytes.Random(18, 5_000), ["v0.zip"] = versions[0], ["v1.zip"] = versions[1], ["v2.zip"] = versions[2] };
        foreach (var (name, bytes) in files) await _lab.PutAsync("p/" + name, bytes);
        return files;
    }
}
