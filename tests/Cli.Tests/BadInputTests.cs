using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

/// <summary>What goes wrong is said on standard error: what, what is safe, what to do. Nothing is lost.</summary>
public sealed class BadInputTests : IDisposable
{
    private static readonly byte[] Old = [.. "the file as it was"u8];

    private readonly Lab _lab = new();

    [Fact]
    public async Task A_missing_file()
    {
        var outcome = await ChildProgram.RunAsync(ChildProgram.CommandLine, _lab.FilesFolder, "cp", "nofile.zip", Lab.Uri("rel/"), "--endpoint-url", _lab.StoreUrl);

        Assert.Equal(new Outcome(1, "", $"upload failed: ./nofile.zip to {Lab.Uri("rel/nofile.zip")} There is no file nofile.zip. Nothing was changed. Check the path.{Environment.NewLine}"), outcome);
    }

    [Fact]
    public async Task A_missing_key()
    {
        var destination = _lab.Write("b.zip", Old);
        await Fails("download failed: ", "There is no object", "cp", Lab.Uri("nokey.zip"), destination);
        await Fails("delete failed: ", "There is no object", "rm", Lab.Uri("nokey.zip"));
        await Fails("verify failed: ", "There is no object", "verify", Lab.Uri("nokey.zip"));
        Assert.Equal(Old, await File.ReadAllBytesAsync(destination, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_missing_bucket()
    {
        var file = _lab.Write("a.zip", [1, 2, 3]);
        await Fails("upload failed: ", "no-such-bucket", "cp", file, "s3://no-such-bucket/a.zip");
        await Fails("download failed: ", "no-such-bucket", "cp", "s3://no-such-bucket/a.zip", _lab.File("b.zip"));
        await Fails("delete failed: ", "no-such-bucket", "rm", "s3://no-such-bucket/a.zip");
        await Fails("fatal error: ", "no-such-bucket", "ls", "s3://no-such-bucket");
        Assert.False(Directory.Exists(Path.Combine(_lab.StoreFolder, "no-such-bucket")));
        Assert.False(File.Exists(_lab.File("b.zip")));
    }

    [Theory]
    [InlineData("rel/reference.bin")]
    [InlineData("a.zip.delta")]
    [InlineData(".deltaglider/x")]
    public async Task A_reserved_key(string key)
    {
        await Fails("upload failed: ", "reserved", "cp", _lab.Write("a.zip", [1, 2, 3]), Lab.Uri(key));
        Assert.Empty(await _lab.KeysAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_damaged_delta_leaves_the_old_file(int at)
    {
        var versions = VersionedBytes.Versions(5, 60_000, 2);
        await _lab.PutAsync("v0.zip", versions[0]);
        await _lab.PutAsync("v1.zip", versions[1]);
        await _lab.SpoilAsync("v1.zip.delta", bytes =>
        {
            bytes[at < 0 ? bytes.Length + at : at] ^= 0xFF;
            return bytes;
        });
        var destination = _lab.Write("b.zip", Old);

        await Fails("download failed: ", Lab.Uri("v1.zip"), "cp", Lab.Uri("v1.zip"), destination);
        await KeptItsOldFile(destination);
        var verified = await _lab.RunAsync("verify", Lab.Uri("v1.zip"), Lab.Uri("v0.zip"));
        Assert.Equal(1, verified.Code);
        Assert.StartsWith($"FAILED: {Lab.Uri("v1.zip")} ", verified.Lines[0], StringComparison.Ordinal);
        Assert.Equal($"OK: {Lab.Uri("v0.zip")}", verified.Lines[1]);
    }

    [Fact]
    public async Task Bytes_with_another_sha256_leave_the_old_file()
    {
        await _lab.PutAsync("a.zip", VersionedBytes.Random(6, 4000), "--no-delta");
        await _lab.SpoilAsync("a.zip", bytes =>
        {
            bytes[2000] ^= 1;
            return bytes;
        });
        var destination = _lab.Write("b.zip", Old);

        await Fails("download failed: ", "SHA-256", "cp", Lab.Uri("a.zip"), destination);
        await KeptItsOldFile(destination);
        Assert.Contains("SHA-256", Assert.Single((await _lab.RunAsync("verify", Lab.Uri("a.zip"))).Lines, line => line.StartsWith("FAILED: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_where_a_file_was_needed()
    {
        await _lab.PutAsync("a.zip", VersionedBytes.Random(6, 400));
        var folder = Directory.CreateDirectory(Path.Combine(_lab.File("out"), "a.zip")).Parent!.FullName;

        await Fails("download failed: ", "is a folder", "cp", Lab.Uri("a.zip"), folder);
        await Fails("upload failed: ", "is a folder", "cp", folder, Lab.Uri("b.zip"));
        Assert.True(Directory.Exists(Path.Combine(folder, "a.zip")));
    }

    [Fact]
    public async Task No_credentials_names_the_places_looked_at()
    {
        _lab.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        _lab.Environment["AWS_SHARED_CREDENTIALS_FILE"] = _lab.File("no-credentials");
        _lab.Environment["AWS_CONFIG_FILE"] = _lab.File("no-config");

        var outcome = await _lab.RunBareAsync("ls", Lab.Uri(""), "--region", "eu-west-1");

        Assert.Equal((1, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("fatal error: No credentials were found.", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("AWS_ACCESS_KEY_ID", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--profile", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "AKIDEXAMPLE")]
    [InlineData("http://127.0.0.1:9", "AKIDEXAMPLE")]
    [InlineData("http://127.0.0.1:9", "")]
    public async Task No_output_holds_a_secret(string endpoint, string accessKey)
    {
        const string Secret = "wJalrXUtnFEMI+K7MDENG+bPxRfiCYEXAMPLEKEY";
        _lab.Environment["AWS_ACCESS_KEY_ID"] = accessKey;
        _lab.Environment["AWS_SECRET_ACCESS_KEY"] = Secret;
        _lab.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        _lab.Environment["AWS_ENDPOINT_URL"] = endpoint.Length > 0 ? endpoint : _lab.StoreUrl;
        _lab.Environment["DG_LOG_LEVEL"] = "TRACE";

        var outcome = await _lab.RunBareAsync("cp", _lab.Write("a.zip", [1, 2, 3]), Lab.Uri(""));

        Assert.Equal(endpoint.Length > 0, outcome.Code != 0);
        Assert.NotEqual("", outcome.Error);
        Assert.DoesNotContain(Secret, outcome.Out + outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Required command")]
    [InlineData("nosuch", "nosuch")]
    [InlineData("source and a destination", "cp")]
    [InlineData("source and a destination", "cp", "a.zip")]
    [InlineData("One of source and destination", "cp", "a.zip", "b.zip")]
    [InlineData("'s3://b' is not an S3 URI", "cp", "a.zip", "s3://b")]
    [InlineData("'s3://' is not an S3 URI", "cp", "a.zip", "s3://")]
    [InlineData("--nosuch", "cp", "a.zip", "s3://bucket", "--nosuch")]
    [InlineData("--max-ratio is '1.5'", "cp", "a.zip", "s3://bucket", "--max-ratio", "1.5")]
    [InlineData("--max-ratio is 'half'", "cp", "a.zip", "s3://bucket", "--max-ratio", "half")]
    [InlineData("--metadata is 'novalue'", "cp", "a.zip", "s3://bucket", "--metadata", "novalue")]
    [InlineData("--metadata is '{\"a\"}'", "cp", "a.zip", "s3://bucket", "--metadata", "{\"a\"}")]
    [InlineData("'a.zip' is not an S3 URI", "rm", "a.zip")]
    [InlineData("'a.zip' is not an S3 URI", "verify", "a.zip")]
    [InlineData("Required argument", "verify")]
    [InlineData("Required argument", "rm")]
    [InlineData("'s3://x' is not an S3 URI", "ls", "s3://x")]
    [InlineData("names no object", "rm", "s3://bucket-of-tests/")]
    [InlineData("names no object", "cp", "s3://bucket-of-tests/rel/", "x.zip")]
    public async Task A_command_line_that_makes_no_sense_returns_2(string says, params string[] arguments)
    {
        _lab.Environment["AWS_ENDPOINT_URL"] = _lab.StoreUrl;
        var outcome = await _lab.RunBareAsync(arguments);

        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DG_MAX_RATIO", "2")]
    [InlineData("DG_CACHE_MEMORY_SIZE_MB", "lots")]
    [InlineData("DG_LOG_LEVEL", "LOUD")]
    public async Task A_bad_variable_is_named_with_its_value(string variable, string value)
    {
        _lab.Environment[variable] = value;

        var outcome = await _lab.RunAsync("ls");

        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains($"{variable} is '{value}'; allowed is ", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _lab.Dispose();

    private async Task Fails(string start, string says, params string[] arguments)
    {
        var outcome = await _lab.RunAsync(arguments);
        Assert.Equal((1, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith(start, outcome.Error, StringComparison.Ordinal);
        Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
    }

    private static async Task KeptItsOldFile(string destination)
    {
        Assert.Equal(Old, await File.ReadAllBytesAsync(destination, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(destination)!), file => Path.GetFileName(file) != "b.zip" && File.GetLastWriteTimeUtc(file) > File.GetLastWriteTimeUtc(destination));
    }
}
