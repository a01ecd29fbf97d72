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
        Assert.Equal(["note.txt", "v0.zip", "v1.zip", "Verified 3 objects: 3 valid, 0 not."], outcome.Lines.Select(line => line.Replace($"OK: {Lab.Uri("rel/")}", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_wrong_is_summed_up_by_kind()
    {
        var versions = VersionedBytes.Versions(17, 30_000, 2);
        foreach (var space in new[] { "a", "b" })
        {
            await _lab.PutAsync($"{space}/v0.zip", versions[0]);
            await _lab.PutAsync($"{space}/v1.zip", versions[1]);
        }

        var token = TestContext.Current.CancellationToken;
        await _lab.Store.DeleteAsync(new S3Uri(Lab.Bucket, "a/reference.bin"), null, token);
        foreach (var key in new[] { "b/v0.zip.delta", "b/v1.zip.delta" }) await _lab.Store.DeleteAsync(new S3Uri(Lab.Bucket, key), null, token);

        var outcome = await _lab.RunAsync("verify", Lab.Uri(""), "-r");

        Assert.Equal((1, ""), (outcome.Code, outcome.Error));
        Assert.Equal("Verified 3 objects: 1 valid, 2 not (2 MissingReference, 1 OrphanReference).", outcome.Lines[^1]);
        Assert.StartsWith($"FAILED: {Lab.Uri("a/v0.zip")} ", outcome.Lines[0], StringComparison.Ordinal);
        Assert.Equal($"ORPHAN: {Lab.Uri("b/reference.bin")} Nothing needs this reference.", outcome.Lines[2]);
        Assert.Equal(0, (await _lab.RunAsync("verify", Lab.Uri("b/"), "-r")).Code);
    }

    [Fact]
    public async Task What_can_be_mended_is_mended_and_told_of()
    {
        var versions = VersionedBytes.Versions(17, 30_000, 2);
        await _lab.PutAsync("a/v0.zip", versions[0]);
        await _lab.PutAsync("a/v1.zip", versions[1]);
        await _lab.PutAsync("b/v0.zip", versions[0]);
        var token = TestContext.Current.CancellationToken;
        await _lab.Store.DeleteAsync(new S3Uri(Lab.Bucket, "b/v0.zip.delta"), null, token);
        await using (var opened = await _lab.Store.OpenAsync(new S3Uri(Lab.Bucket, "a/v1.zip.delta"), token))
        {
            using var bytes = new MemoryStream();
            await opened.Content.CopyToAsync(bytes, token);
            await _lab.Store.PutAsync(new PutRequest(opened.Description.Uri, new BytesContent(bytes.ToArray()), FileFacts.None.UserMetadata), null, token);
        }

        string[] all = ["verify", Lab.Uri(""), "-r", "--repair", "--remove-orphans"];
        var dry = await _lab.RunAsync([.. all, "--dryrun"]);
        Assert.Equal(1, dry.Code);
        Assert.Contains(dry.Lines, line => line.StartsWith($"(dryrun) write the metadata of {Lab.Uri("a/v1.zip.delta")} anew", StringComparison.Ordinal));
        Assert.Contains($"(dryrun) remove {Lab.Uri("b/reference.bin")}, which nothing needs", dry.Lines);
        Assert.Equal(1, (await _lab.RunAsync("verify", Lab.Uri(""), "-r")).Code);

        var done = await _lab.RunAsync(all);
        Assert.Equal((0, ""), (done.Code, done.Error));
        Assert.Equal(
            [$"OK: {Lab.Uri("a/v0.zip")}", $"REPAIRED: {Lab.Uri("a/v1.zip")}", $"REPAIRED: {Lab.Uri("b/reference.bin")} Nothing needed this reference; it was removed.", "Verified 3 objects: 3 valid, 0 not; 2 repaired."],
            done.Lines);
        Assert.Equal("Verified 2 objects: 2 valid, 0 not.", (await _lab.RunAsync("verify", Lab.Uri(""), "-r")).Lines[^1]);
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
