using DeltaGlider.Adapters.S3;
using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

/// <summary>The same commands on a real S3 server, with credentials from the environment.</summary>
public sealed class S3Tests : IDisposable
{
    private readonly Lab _lab = new();
    private readonly string _bucket = $"dg-cli-{Guid.NewGuid():N}";

    [Fact]
    public async Task Versions_go_up_are_listed_verified_fetched_and_removed()
    {
        var server = await ConnectAsync();
        var versions = VersionedBytes.Versions(23, 100_000, 2);
        for (var i = 0; i < 2; i++) await Does("upload: ", server, "cp", _lab.Write($"v{i}.zip", versions[i]), $"s3://{_bucket}/выпуски/");

        var listing = await Does("", server, "ls", $"s3://{_bucket}/выпуски/", "--stored");
        Assert.Matches(@" 100000 +\d+ delta  v0\.zip$", listing.Lines[0]);
        Assert.Matches(@" delta  v1\.zip$", listing.Lines[1]);
        await Does("OK: ", server, "verify", "--recursive", $"s3://{_bucket}/выпуски/");
        await Does("download: ", server, "cp", $"s3://{_bucket}/выпуски/v1.zip", _lab.File("back.zip"));
        Assert.Equal(versions[1], await File.ReadAllBytesAsync(_lab.File("back.zip"), TestContext.Current.CancellationToken));
        for (var i = 0; i < 2; i++) await Does("delete: ", server, "rm", $"s3://{_bucket}/выпуски/v{i}.zip");
        Assert.Equal(new Outcome(0, "", ""), await Does("", server, "ls", $"s3://{_bucket}", "--recursive"));
    }

    [Fact]
    public async Task Folders_go_up_are_left_alone_migrate_and_come_down()
    {
        var server = await ConnectAsync();
        var versions = VersionedBytes.Versions(24, 100_000, 3);
        for (var i = 0; i < 3; i++) _lab.Write($"tree/app/v{i}.zip", versions[i]);
        _lab.Write("tree/leer/ä ö+%.txt", []);

        await Does("upload: ", server, "sync", _lab.File("tree"), $"s3://{_bucket}/rel");
        Assert.Equal(new Outcome(0, "", ""), await Does("", server, "sync", _lab.File("tree"), $"s3://{_bucket}/rel", "--delete"));
        var report = await Does("copy: ", server, "migrate", $"s3://{_bucket}/rel", $"s3://{_bucket}/new");
        Assert.Contains("Objects: 4 found, 4 copied and verified, 0 already there, 0 kept, 0 failed.", report.Lines);
        await Does("download: ", server, "sync", $"s3://{_bucket}/new", _lab.File("back"));
        Assert.Equal(new Outcome(0, "", ""), await Does("", server, "sync", _lab.File("tree"), $"s3://{_bucket}/new", "--exact-timestamps", "--delete"));
        Assert.Equal(versions[2], await File.ReadAllBytesAsync(_lab.File("back/app/v2.zip"), TestContext.Current.CancellationToken));
        File.Delete(_lab.File("tree/app/v1.zip"));
        Assert.Equal($"delete: s3://{_bucket}/rel/app/v1.zip", (await Does("delete: ", server, "sync", _lab.File("tree"), $"s3://{_bucket}/rel", "--delete")).Out.TrimEnd());
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_without_being_shown()
    {
        var server = await ConnectAsync();
        _lab.Environment["AWS_SECRET_ACCESS_KEY"] = "not-the-secret-of-this-key";

        var outcome = await _lab.RunBareAsync("cp", _lab.Write("a.zip", [1, 2, 3]), $"s3://{_bucket}/", "--endpoint-url", server.Endpoint);

        Assert.Equal((1, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("upload failed: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("does not accept the credentials", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(server.SecretKey, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_bucket_is_named()
    {
        var server = await ConnectAsync();

        var outcome = await _lab.RunBareAsync("ls", $"s3://{_bucket}-not", "--endpoint-url", server.Endpoint);

        Assert.Equal((1, ""), (outcome.Code, outcome.Out));
        Assert.Contains($"There is no bucket '{_bucket}-not'", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _lab.Dispose();

    private async Task<S3Server> ConnectAsync()
    {
        var server = S3Server.Demand();
        _lab.Environment["AWS_ACCESS_KEY_ID"] = server.AccessKey;
        _lab.Environment["AWS_SECRET_ACCESS_KEY"] = server.SecretKey;
        var options = new S3ConnectionOptions { EndpointUrl = server.Endpoint };
        using var connection = await new StoreConnector(_lab.Environment.GetValueOrDefault).ConnectAsync(options, TestContext.Current.CancellationToken);
        await connection.Store.CreateBucketAsync(_bucket, TestContext.Current.CancellationToken);
        return server;
    }

    private async Task<Outcome> Does(string start, S3Server server, params string[] arguments)
    {
        var outcome = await _lab.RunBareAsync([.. arguments, "--endpoint-url", server.Endpoint]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.StartsWith(start, outcome.Out, StringComparison.Ordinal);
        return outcome;
    }
}
