using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

/// <summary>cp --recursive, sync and migrate, with the AWS CLI's words and exit codes.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly Lab _lab = new();
    private readonly IReadOnlyList<byte[]> _versions = VersionedBytes.Versions(61, 20_000, 3);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Cp_recursive_takes_folders_up_and_down_and_from_prefix_to_prefix()
    {
        WriteTree();
        var up = await _lab.RunAsync("cp", _lab.File("tree"), Lab.Uri("rel"), "--recursive");
        Assert.Equal((0, ""), (up.Code, up.Error));
        Assert.Equal(
            [$"upload: {Shown("tree/a/v0.zip")} to {Lab.Uri("rel/a/v0.zip")}", $"upload: {Shown("tree/a/v1.zip")} to {Lab.Uri("rel/a/v1.zip")}", $"upload: {Shown("tree/n.txt")} to {Lab.Uri("rel/n.txt")}"],
            up.Lines.Order(StringComparer.Ordinal));
        Assert.Equal(["rel/a/reference.bin", "rel/a/v0.zip.delta", "rel/a/v1.zip.delta", "rel/n.txt"], await _lab.KeysAsync());

        var copy = await _lab.RunAsync("cp", Lab.Uri("rel"), Lab.Uri("new"), "--recursive");
        Assert.Equal((0, ""), (copy.Code, copy.Error));
        Assert.Contains($"copy: {Lab.Uri("rel/a/v1.zip")} to {Lab.Uri("new/a/v1.zip")}", copy.Lines);

        var down = await _lab.RunAsync("cp", Lab.Uri("new/"), _lab.File("back"), "--recursive");
        Assert.Equal((0, ""), (down.Code, down.Error));
        Assert.Equal(_versions[1], await File.ReadAllBytesAsync(_lab.File("back/a/v1.zip"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Filters_count_in_the_order_of_the_command_line()
    {
        WriteTree();
        Assert.Equal([$"(dryrun) upload: {Shown("tree/n.txt")} to {Lab.Uri("n.txt")}"], await Dry("--exclude", "*", "--include", "*.txt"));
        Assert.Empty(await Dry("--include", "*.txt", "--exclude", "*"));
        Assert.Equal(3, (await Dry("--include", "*.txt")).Count);
        Assert.Equal(2, (await Dry("--exclude=*.txt")).Count);
        Assert.Empty(await _lab.KeysAsync());

        async Task<IReadOnlyList<string>> Dry(params string[] filters)
        {
            var outcome = await _lab.RunAsync(["cp", _lab.File("tree"), Lab.Uri(""), "--recursive", "--dryrun", .. filters]);
            Assert.Equal((0, ""), (outcome.Code, outcome.Error));
            return [.. outcome.Lines.Where(line => line.Length > 0)];
        }
    }

    [Fact]
    public async Task One_object_is_copied_to_another_as_a_file()
    {
        await _lab.PutAsync("v0.zip", _versions[0]);
        await _lab.PutAsync("v1.zip", _versions[1]);

        var outcome = await _lab.RunAsync("cp", Lab.Uri("v1.zip"), Lab.Uri("other/"));
        Assert.Equal(new Outcome(0, $"copy: {Lab.Uri("v1.zip")} to {Lab.Uri("other/v1.zip")}{Environment.NewLine}", ""), outcome);
        Assert.Equal(["other/reference.bin", "other/v1.zip.delta", "reference.bin", "v0.zip.delta", "v1.zip.delta"], await _lab.KeysAsync());
    }

    [Fact]
    public async Task Sync_says_nothing_when_there_is_nothing_to_do()
    {
        WriteTree();
        Assert.Equal(3, (await _lab.RunAsync("sync", _lab.File("tree"), Lab.Uri("rel"))).Lines.Count(line => line.StartsWith("upload: ", StringComparison.Ordinal)));
        Assert.Equal(new Outcome(0, "", ""), await _lab.RunAsync("sync", _lab.File("tree"), Lab.Uri("rel")));
        Assert.Equal(new Outcome(0, "", ""), await _lab.RunAsync("sync", Lab.Uri("rel"), _lab.File("tree"), "--delete"));
    }

    [Fact]
    public async Task Sync_delete_removes_and_dryrun_only_says_so()
    {
        WriteTree();
        await _lab.RunAsync("sync", _lab.File("tree"), Lab.Uri("rel"));
        File.Delete(_lab.File("tree/a/v1.zip"));

        Assert.Equal(new Outcome(0, $"(dryrun) delete: {Lab.Uri("rel/a/v1.zip")}{Environment.NewLine}", ""), await _lab.RunAsync("sync", _lab.File("tree"), Lab.Uri("rel"), "--delete", "--dryrun"));
        Assert.Contains("rel/a/v1.zip.delta", await _lab.KeysAsync());
        Assert.Equal(1, (await _lab.RunAsync("sync", _lab.File("tree"), Lab.Uri("rel"), "--delete", "--max-delete", "0")).Code);
        Assert.Equal(new Outcome(0, $"delete: {Lab.Uri("rel/a/v1.zip")}{Environment.NewLine}", ""), await _lab.RunAsync("sync", _lab.File("tree"), Lab.Uri("rel"), "--delete"));
        Assert.DoesNotContain("rel/a/v1.zip.delta", await _lab.KeysAsync());
    }

    [Fact]
    public async Task What_is_newer_is_kept_and_the_exit_code_says_that_something_was_skipped()
    {
        WriteTree();
        await _lab.RunAsync("sync", _lab.File("tree"), Lab.Uri("rel"));
        _lab.Write("tree/n.txt", [9]);
        File.SetLastWriteTimeUtc(_lab.File("tree/n.txt"), DateTime.UtcNow.AddHours(1));

        var kept = await _lab.RunAsync("sync", Lab.Uri("rel"), _lab.File("tree"));
        Assert.Equal((2, ""), (kept.Code, kept.Out));
        Assert.StartsWith($"warning: Skipping {Lab.Uri("rel/n.txt")} to ", kept.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _lab.RunAsync("sync", Lab.Uri("rel"), _lab.File("tree"), "--force")).Code);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(_lab.File("tree/n.txt"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_fails_is_named_and_the_rest_goes_on()
    {
        WriteTree();
        _lab.Write("tree/reference.bin", [1]);

        var outcome = await _lab.RunAsync("sync", _lab.File("tree"), Lab.Uri("rel"));
        Assert.Equal(1, outcome.Code);
        Assert.StartsWith($"upload failed: {Shown("tree/reference.bin")} to {Lab.Uri("rel/reference.bin")} ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(3, outcome.Lines.Count(line => line.StartsWith("upload: ", StringComparison.Ordinal)));
        Assert.Equal(1, (await _lab.RunAsync("sync", _lab.File("not-there"), Lab.Uri("rel"))).Code);
        Assert.Equal(2, (await _lab.RunAsync("sync", _lab.File("tree"), _lab.File("other"))).Code);
        Assert.Equal(2, (await _lab.RunAsync("sync", _lab.File("tree"), Lab.Uri("rel"), "--size-only", "--checksum")).Code);
    }

    [Fact]
    public async Task Migrate_copies_between_stores_reports_and_goes_on_where_it_ended()
    {
        using var other = new Lab();
        for (var i = 0; i < 3; i++)
        {
            await other.PutAsync($"app/v{i}.zip", _versions[i], "--no-delta");
        }

        string[] line = ["migrate", Lab.Uri("app"), Lab.Uri("new"), "--source-endpoint-url", other.StoreUrl];
        var first = await _lab.RunAsync(line);
        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.Contains("Objects: 3 found, 3 copied and verified, 0 already there, 0 kept, 0 failed.", first.Lines);
        Assert.Contains(first.Lines, text => text.StartsWith("Copied: 58.5 KiB of files, stored in ", StringComparison.Ordinal));
        Assert.Equal(["new/reference.bin", "new/v0.zip.delta", "new/v1.zip.delta", "new/v2.zip.delta"], await _lab.KeysAsync());

        await other.PutAsync("app/v3.zip", [.. _versions[2], 7], "--no-delta");
        var second = await _lab.RunAsync(line);
        Assert.Contains("Objects: 4 found, 1 copied and verified, 3 already there, 0 kept, 0 failed.", second.Lines);

        await other.SpoilAsync("app/v1.zip", bytes => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]);
        await _lab.RunAsync("rm", Lab.Uri("new/v1.zip"));
        var third = await _lab.RunAsync(line);
        Assert.Equal(1, third.Code);
        Assert.Contains($"copy failed: {Lab.Uri("app/v1.zip")} to {Lab.Uri("new/v1.zip")} ", third.Error, StringComparison.Ordinal);
        Assert.Contains(third.Lines, text => text.StartsWith("Failed: v1.zip: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_folder_store_does_not_claim_to_encrypt()
    {
        var outcome = await _lab.RunAsync("cp", _lab.Write("a.txt", [1]), Lab.Uri("a.txt"), "--sse", "aws:kms");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("does not encrypt", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(await _lab.KeysAsync());
    }

    private void WriteTree()
    {
        _lab.Write("tree/a/v0.zip", _versions[0]);
        _lab.Write("tree/a/v1.zip", _versions[1]);
        _lab.Write("tree/n.txt", [1, 2, 3]);
    }

    private string Shown(string name) => Path.Combine(Path.GetRelativePath(Environment.CurrentDirectory, Path.GetDirectoryName(_lab.File(name))!), Path.GetFileName(name));
}
