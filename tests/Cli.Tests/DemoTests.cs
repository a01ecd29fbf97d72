using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

/// <summary>The demo does what the README says of it.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Five_releases_are_stored_as_deltas_restored_and_proven()
    {
        using var folder = new TempFolder();
        var outcome = await ChildProgram.RunAsync(ChildProgram.Demo, folder.Path);

        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        var rows = outcome.Lines.Where(line => line.StartsWith("4.0.104.", StringComparison.Ordinal)).ToArray();
        Assert.Equal(5, rows.Length);
        Assert.EndsWith(" ok, reference", rows[0], StringComparison.Ordinal);
        Assert.All(rows[1..], row => Assert.Matches(@"^4\.0\.104\.\d +3,\d{3},\d{3} +1,\d{3},\d{3} +\d\d\.\d% +\d+ ms +\d+ ms +[0-9a-f]{12} ok$", row));
        Assert.Matches(@"^total +1\d,\d{3},\d{3} +\d,\d{3},\d{3} +4\d\.\d%$", Assert.Single(outcome.Lines, line => line.StartsWith("total", StringComparison.Ordinal)));
        Assert.Contains("A listing of the store agrees: 6 objects", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deep_deltas_take_a_fraction_of_that()
    {
        using var folder = new TempFolder();
        var outcome = await ChildProgram.RunAsync(ChildProgram.Demo, folder.Path, "--delta-format", "Deep");

        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        var rows = outcome.Lines.Where(line => line.StartsWith("4.0.104.", StringComparison.Ordinal)).ToArray();
        Assert.All(rows[1..], row => Assert.Matches(@"^4\.0\.104\.\d +3,\d{3},\d{3} +\d{1,3},\d{3} +9\d\.\d% .* ok$", row));
        Assert.Contains("A listing of the store agrees: 6 objects", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_cannot_reach_is_an_error_and_no_success()
    {
        using var folder = new TempFolder();
        var outcome = await ChildProgram.RunAsync(ChildProgram.Demo, folder.Path, "--endpoint-url", "nowhere");

        Assert.Equal((1, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("The demo failed: ", outcome.Error, StringComparison.Ordinal);
    }
}
