using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

public sealed class CopyTests : IDisposable
{
    private readonly Lab _lab = new();

    [Fact]
    public async Task Uploads_and_downloads_are_told_in_the_words_of_the_aws_cli()
    {
        var bytes = VersionedBytes.Random(1, 10_000);
        _lab.Write("a.zip", bytes);

        var up = await ChildProgram.RunAsync(ChildProgram.CommandLine, _lab.FilesFolder, "cp", "a.zip", Lab.Uri("rel/"), "--endpoint-url", _lab.StoreUrl);
        var down = await ChildProgram.RunAsync(ChildProgram.CommandLine, _lab.FilesFolder, "cp", Lab.Uri("rel/a.zip"), "b.zip", "--endpoint-url", _lab.StoreUrl);
        var below = await ChildProgram.RunAsync(ChildProgram.CommandLine, _lab.FilesFolder, "cp", Lab.Uri("rel/a.zip"), "out/", "--endpoint-url", _lab.StoreUrl);

        Assert.Equal(new Outcome(0, $"upload: ./a.zip to {Lab.Uri("rel/a.zip")}{Environment.NewLine}", ""), up);
        Assert.Equal(new Outcome(0, $"download: {Lab.Uri("rel/a.zip")} to ./b.zip{Environment.NewLine}", ""), down);
        Assert.Equal(new Outcome(0, $"download: {Lab.Uri("rel/a.zip")} to out/a.zip{Environment.NewLine}", ""), below);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_lab.File("b.zip"), TestContext.Current.CancellationToken));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(_lab.File("out"), "a.zip"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Versions_of_an_archive_come_back_bit_for_bit()
    {
        var versions = VersionedBytes.Versions(7, 200_000, 4);
        for (var i = 0; i < versions.Count; i++) await _lab.PutAsync($"v{i}.zip", versions[i]);

        string[] expected = ["reference.bin", .. Enumerable.Range(0, 4).Select(i => $"v{i}.zip.delta")];
        Assert.Equal(expected, await _lab.KeysAsync());
        for (var i = 0; i < versions.Count; i++)
        {
            Assert.Equal(0, (await _lab.RunAsync("cp", Lab.Uri($"v{i}.zip"), _lab.File("back.zip"))).Code);
            Assert.Equal(versions[i], await File.ReadAllBytesAsync(_lab.File("back.zip"), TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("выпуск 1.zip")]
    [InlineData("版本一.zip")]
    [InlineData("📦 release+1%20.zip")]
    [InlineData("café (1).zip")]
    public async Task Names_in_any_script_come_through(string name)
    {
        var bytes = VersionedBytes.Random(2, 5_000);
        _lab.Write(name, bytes);

        var up = await ChildProgram.RunAsync(ChildProgram.CommandLine, _lab.FilesFolder, "cp", name, Lab.Uri("каталог/"), "--endpoint-url", _lab.StoreUrl);
        var listing = await _lab.RunAsync("ls", Lab.Uri("каталог/"), "--recursive");
        var down = await _lab.RunAsync("cp", Lab.Uri($"каталог/{name}"), _lab.File("back/"));

        Assert.Equal(new Outcome(0, $"upload: ./{name} to {Lab.Uri($"каталог/{name}")}{Environment.NewLine}", ""), up);
        Assert.EndsWith($" каталог/{name}", Assert.Single(listing.Lines), StringComparison.Ordinal);
        Assert.Equal(0, down.Code);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(_lab.File("back"), name), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_empty_file_is_stored_and_comes_back()
    {
        await _lab.PutAsync("empty.zip", []);

        Assert.Equal(0, (await _lab.RunAsync("cp", Lab.Uri("empty.zip"), _lab.File("back.zip"))).Code);
        Assert.Equal(0, new FileInfo(_lab.File("back.zip")).Length);
        Assert.Contains("          0          0 direct empty.zip", (await _lab.RunAsync("ls", Lab.Uri(""), "--stored")).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await _lab.RunAsync("verify", Lab.Uri("empty.zip"))).Code);
    }

    [Fact]
    public async Task A_dry_run_tells_and_writes_nothing()
    {
        var file = _lab.Write("a.zip", VersionedBytes.Random(3, 1000));
        var up = await _lab.RunAsync("cp", file, Lab.Uri(""), "--dryrun");
        Assert.Empty(await _lab.KeysAsync());

        await _lab.PutAsync("a.zip", VersionedBytes.Random(3, 1000));
        var down = await _lab.RunAsync("cp", Lab.Uri("a.zip"), _lab.File("b.zip"), "--dryrun");

        Assert.Equal((0, $"(dryrun) upload: {Shown(file)} to {Lab.Uri("a.zip")}"), (up.Code, Assert.Single(up.Lines)));
        Assert.Equal((0, $"(dryrun) download: {Lab.Uri("a.zip")} to {Shown(_lab.File("b.zip"))}"), (down.Code, Assert.Single(down.Lines)));
        Assert.False(File.Exists(_lab.File("b.zip")));
    }

    [Fact]
    public async Task Quiet_says_nothing()
    {
        var up = await _lab.RunAsync("cp", _lab.Write("a.zip", [1, 2, 3]), Lab.Uri(""), "--quiet");

        Assert.Equal(new Outcome(0, "", ""), up);
        Assert.NotEmpty(await _lab.KeysAsync());
    }

    [Theory]
    [InlineData("--no-delta")]
    [InlineData("--max-ratio", "0")]
    public async Task A_file_is_stored_whole_where_that_is_asked_for(params string[] options)
    {
        var versions = VersionedBytes.Versions(9, 50_000, 2);
        await _lab.PutAsync("v0.zip", versions[0]);
        await _lab.PutAsync("v1.zip", versions[1], options);

        Assert.Contains("v1.zip", await _lab.KeysAsync());
        Assert.Equal(50_000, (await _lab.HeadAsync("v1.zip")).Size, 1000.0);
    }

    [Fact]
    public async Task The_environment_sets_the_ratio_and_the_option_beats_it()
    {
        var versions = VersionedBytes.Versions(9, 50_000, 3);
        _lab.Environment["DG_MAX_RATIO"] = "0";
        await _lab.PutAsync("v0.zip", versions[0]);
        await _lab.PutAsync("v1.zip", versions[1]);
        await _lab.PutAsync("v2.zip", versions[2], "--max-ratio", "0.9");

        Assert.Equal(["reference.bin", "v0.zip.delta", "v1.zip", "v2.zip.delta"], await _lab.KeysAsync());
    }

    [Theory]
    [InlineData("team=infra,note=a=b")]
    [InlineData("""{"team": "infra", "note": "a=b"}""")]
    public async Task Metadata_and_content_type_are_kept(string metadata)
    {
        await _lab.PutAsync("a.zip", VersionedBytes.Random(4, 100), "--no-delta", "--metadata", metadata, "--content-type", "text/x-test", "--storage-class", "STANDARD_IA");

        var head = await _lab.HeadAsync("a.zip");
        Assert.Equal("infra", head.Metadata.Single(pair => pair.Key.EndsWith("team", StringComparison.Ordinal)).Value);
        Assert.Equal("a=b", head.Metadata.Single(pair => pair.Key.EndsWith("note", StringComparison.Ordinal) && pair.Value == "a=b").Value);
        Assert.Equal("text/x-test", head.ContentType);
    }

    [Fact]
    public async Task A_file_whose_name_starts_with_an_at_sign_is_no_list_of_arguments()
    {
        var name = _lab.Write("@a.zip", [1, 2, 3]);
        var up = await ChildProgram.RunAsync(ChildProgram.CommandLine, Path.GetDirectoryName(name)!, "cp", "@a.zip", Lab.Uri(""), "--endpoint-url", _lab.StoreUrl);

        Assert.Equal((0, ""), (up.Code, up.Error));
        Assert.Contains("@a.zip.delta", await _lab.KeysAsync());
    }

    public void Dispose() => _lab.Dispose();

    private static string Shown(string path) => Path.Combine(Path.GetRelativePath(Environment.CurrentDirectory, Path.GetDirectoryName(path)!), Path.GetFileName(path));
}
