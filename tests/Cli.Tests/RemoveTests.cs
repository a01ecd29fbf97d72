using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

public sealed class RemoveTests : IDisposable
{
    private readonly Lab _lab = new();

    [Fact]
    public async Task The_reference_goes_with_the_last_delta()
    {
        await FillAsync();

        var first = await _lab.RunAsync("rm", Lab.Uri("v0.zip"));
        Assert.Equal(["reference.bin", "v1.zip.delta"], await _lab.KeysAsync());
        var last = await _lab.RunAsync("rm", Lab.Uri("v1.zip"));

        Assert.Equal(new Outcome(0, $"delete: {Lab.Uri("v0.zip")}{Environment.NewLine}", ""), first);
        Assert.Equal(new Outcome(0, $"delete: {Lab.Uri("v1.zip")}{Environment.NewLine}", ""), last);
        Assert.Empty(await _lab.KeysAsync());
    }

    [Fact]
    public async Task A_dry_run_removes_nothing()
    {
        await FillAsync();

        var outcome = await _lab.RunAsync("rm", Lab.Uri("v0.zip"), "--dryrun");

        Assert.Equal(new Outcome(0, $"(dryrun) delete: {Lab.Uri("v0.zip")}{Environment.NewLine}", ""), outcome);
        Assert.Equal(3, (await _lab.KeysAsync()).Length);
    }

    [Fact]
    public async Task A_reference_in_use_stays_unless_its_dependents_go_too()
    {
        await FillAsync();

        var refused = await _lab.RunAsync("rm", Lab.Uri("reference.bin"));
        Assert.Equal((1, ""), (refused.Code, refused.Out));
        Assert.Contains("2 objects need the reference", refused.Error, StringComparison.Ordinal);
        Assert.Equal(3, (await _lab.KeysAsync()).Length);

        var all = await _lab.RunAsync("rm", Lab.Uri("reference.bin"), "--include-dependents");
        Assert.Equal(["delete: " + Lab.Uri("v0.zip"), "delete: " + Lab.Uri("v1.zip"), "delete: " + Lab.Uri("reference.bin")], all.Lines);
        Assert.Empty(await _lab.KeysAsync());
    }

    public void Dispose() => _lab.Dispose();

    private async Task FillAsync()
    {
        var versions = VersionedBytes.Versions(13, 30_000, 2);
        await _lab.PutAsync("v0.zip", versions[0]);
        await _lab.PutAsync("v1.zip", versions[1]);
    }
}
