using System.Text.Json;
using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

public sealed class StatsTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Totals_for_people_and_kept_for_the_next_time()
    {
        await FillAsync();

        var first = await _lab.RunAsync("stats", Lab.Uri("").TrimEnd('/'));
        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.Equal([Lab.Uri(""), "  Files:  4 (3 as deltas, 1 stored whole)"], first.Lines[..2]);
        Assert.Equal("  Size:   175.8 KiB", first.Lines[2]);
        Assert.Matches(@"^  Stored: \d+\.\d KiB \(references 58\.6 KiB\)$", first.Lines[3]);
        Assert.Equal(5, first.Lines.Length);

        var second = await _lab.RunAsync("stats", Lab.Uri(""));
        Assert.Equal(first.Lines, second.Lines[..5]);
        Assert.StartsWith("  Kept in the bucket since ", second.Lines[5], StringComparison.Ordinal);
        Assert.Equal(5, (await _lab.RunAsync("stats", Lab.Uri(""), "--refresh")).Lines.Length);
    }

    [Fact]
    public async Task Nothing_is_kept_with_no_cache()
    {
        await FillAsync();
        var before = await _lab.KeysAsync();
        Assert.Equal(0, (await _lab.RunAsync("stats", Lab.Uri(""), "--no-cache")).Code);
        Assert.Equal(before, await _lab.KeysAsync());
    }

    [Fact]
    public async Task Json_with_every_deltaspace()
    {
        await FillAsync();

        var outcome = await _lab.RunAsync("stats", Lab.Uri(""), "--json", "--by-deltaspace", "--detailed");

        using var json = JsonDocument.Parse(outcome.Out);
        Assert.Equal(["rel/sub/", "rel/"], json.RootElement.GetProperty("deltaspaces").EnumerateArray().Select(one => one.GetProperty("uri").GetString()![Lab.Uri("").Length..]));
        Assert.Equal("unrated", json.RootElement.GetProperty("deltaspaces")[0].GetProperty("health").GetString());
        Assert.Equal(("detailed", 4, false), (json.RootElement.GetProperty("mode").GetString(), json.RootElement.GetProperty("object_count").GetInt32(), json.RootElement.GetProperty("is_estimate").GetBoolean()));
    }

    [Fact]
    public async Task A_page_and_a_table()
    {
        await FillAsync();
        var page = _lab.File("report.html");

        var outcome = await _lab.RunAsync("stats", Lab.Uri("rel/"), "--html", page, "--by-deltaspace");

        Assert.Contains(outcome.Lines, line => line.EndsWith($"excellent    {Lab.Uri("rel/")}", StringComparison.Ordinal));
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--sampled", "--detailed")]
    [InlineData("--mode", "quick")]
    public async Task What_makes_no_sense_is_a_usage_error(params string[] options) =>
        Assert.Equal(2, (await _lab.RunAsync(["stats", Lab.Uri(""), .. options])).Code);

    private async Task FillAsync()
    {
        var versions = VersionedBytes.Versions(5, 60_000, 2);
        await _lab.PutAsync("rel/v0.zip", versions[0]);
        await _lab.PutAsync("rel/v1.zip", versions[1]);
        await _lab.PutAsync("rel/v2.zip", versions[1][..59_990]);
        await _lab.PutAsync("rel/sub/notes.txt", [.. "12345678901"u8]);
    }
}
