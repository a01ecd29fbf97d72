using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

public sealed class VerifyTests : IDisposable
{
    private readonly Lab _lab = new();

    [Fact]
    public async Task Whole_prefixes_are_verified_object_by_object()
    {
        var versions = VersionedBytes.Versions(17, 30_000, 2);
        await _lab.PutAsync("rel/v0.zip", versions[0]);
        await _lab.PutAsync("rel/v1.zip", versions[1]);
        await _lab.PutAsync("rel/note.txt", [1]);

        var outcome = await _lab.RunAsync("verify", Lab.Uri("rel/"), "--recursive");

        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal(["note.txt", "v0.zip", "v1.zip"], outcome.Lines.Select(line => line.Replace($"OK: {Lab.Uri("rel/")}", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_object_without_a_recorded_sha256_is_not_called_ok()
    {
        await _lab.Store.PutAsync(new PutRequest(new S3Uri(Lab.Bucket, "foreign.bin"), new BytesContent(new byte[] { 1, 2 }), FileFacts.None.UserMetadata), null, TestContext.Current.CancellationToken);

        var outcome = await _lab.RunAsync("verify", Lab.Uri("foreign.bin"));

        Assert.Equal(1, outcome.Code);
        Assert.StartsWith($"FAILED: {Lab.Uri("foreign.bin")} ", Assert.Single(outcome.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_missing_keeps_no_other_from_being_verified()
    {
        await _lab.PutAsync("a.zip", [1, 2, 3]);

        var outcome = await _lab.RunAsync("verify", Lab.Uri("nokey"), Lab.Uri("a.zip"));

        Assert.Equal(1, outcome.Code);
        Assert.Equal($"OK: {Lab.Uri("a.zip")}", Assert.Single(outcome.Lines));
        Assert.StartsWith($"verify failed: {Lab.Uri("nokey")} There is no object", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _lab.Dispose();
}
