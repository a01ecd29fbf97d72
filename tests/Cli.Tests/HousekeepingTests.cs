using DeltaGlider.Core.Model;
using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

public sealed class HousekeepingTests : IDisposable
{
    private readonly Lab _lab = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Purge_tells_what_it_removes_and_in_a_dry_run_what_it_would()
    {
        const string Expired = ".deltaglider/tmp/0123456789abcdef0123456789abcdef_a.zip";
        await _lab.PutAsync("a.txt", [1, 2]);
        await _lab.Store.PutAsync(
            new PutRequest(new S3Uri(Lab.Bucket, Expired), new BytesContent(new byte[2048]), FileFacts.None.UserMetadata.Add("dg-expires-at", "2020-01-01T00:00:00")), null, Token);

        var dry = await _lab.RunAsync("purge", Lab.Bucket, "--dryrun");
        Assert.Equal([$"(dryrun) delete: {Lab.Uri(Expired)}", "Would remove 1, 2.0 KiB."], dry.Lines);
        Assert.Equal(2, (await _lab.KeysAsync()).Length);

        var done = await _lab.RunAsync("purge", $"s3://{Lab.Bucket}", "--older-than", "7d");
        Assert.Equal((0, ""), (done.Code, done.Error));
        Assert.Equal([$"delete: {Lab.Uri(Expired)}", "Removed 1, 2.0 KiB."], done.Lines);
        Assert.Equal(["a.txt"], await _lab.KeysAsync());
        Assert.Equal("Removed 0, 0 Bytes.", Assert.Single((await _lab.RunAsync("purge", Lab.Bucket)).Lines));
    }

    [Fact]
    public async Task Purge_clears_the_folder_store_of_writes_that_nobody_goes_on_with()
    {
        var left = Path.Combine(_lab.StoreFolder, Lab.Bucket, ".dgstore", "tmp", "left");
        Directory.CreateDirectory(Path.GetDirectoryName(left)!);
        await File.WriteAllBytesAsync(left, new byte[10], Token);
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-2));

        Assert.Equal("Removed 0, 0 Bytes.", Assert.Single((await _lab.RunAsync("purge", Lab.Bucket, "--older-than", "3h")).Lines));
        Assert.Equal([$"abort: {Lab.Uri("")} left", "Removed 1, 10 Bytes."], (await _lab.RunAsync("purge", Lab.Bucket, "--older-than", "90m")).Lines);
        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task A_bucket_is_made_and_removed_when_it_is_empty()
    {
        Assert.Equal(new Outcome(0, $"make_bucket: new-bucket{Environment.NewLine}", ""), await _lab.RunAsync("mb", "s3://new-bucket"));
        Assert.Equal(0, (await _lab.RunAsync("cp", _lab.Write("a.txt", [1]), "s3://new-bucket/a.txt")).Code);

        var refused = await _lab.RunAsync("rb", "s3://new-bucket");
        Assert.Equal((1, ""), (refused.Code, refused.Out));
        Assert.StartsWith("remove_bucket failed: s3://new-bucket s3://new-bucket/ is not empty.", refused.Error, StringComparison.Ordinal);

        await _lab.RunAsync("rm", "s3://new-bucket/a.txt");
        Assert.Equal(0, (await _lab.RunAsync("stats", "new-bucket")).Code); // keeps its statistics there
        Assert.Equal(new Outcome(0, $"remove_bucket: new-bucket{Environment.NewLine}", ""), await _lab.RunAsync("rb", "new-bucket"));
        Assert.False(Directory.Exists(Path.Combine(_lab.StoreFolder, "new-bucket")));
    }

    [Theory]
    [InlineData("presign", "a.txt")]
    [InlineData("get-bucket-acl", "")]
    [InlineData("put-bucket-acl", "", "--acl", "private")]
    public async Task What_a_folder_cannot_do_is_a_clear_error(string command, string key, params string[] more)
    {
        await _lab.PutAsync("a.txt", [1, 2]);
        var outcome = await _lab.RunAsync([command, Lab.Uri(key), .. more]);
        Assert.Equal((1, ""), (outcome.Code, outcome.Out));
        Assert.Matches("cannot (make links|grant)", outcome.Error);
    }

    [Theory]
    [InlineData("purge", "bucket-of-tests", "--older-than", "soon")]
    [InlineData("purge", "bucket-of-tests", "--older-than", "-1d")]
    [InlineData("purge", "s3://bucket-of-tests/prefix")]
    [InlineData("mb", "s3://")]
    [InlineData("rb", "s3://bucket-of-tests", "--force")]
    [InlineData("put-bucket-acl", "bucket-of-tests", "--acl", "everybody")]
    [InlineData("put-bucket-acl", "bucket-of-tests")]
    [InlineData("put-bucket-acl", "bucket-of-tests", "--acl", "private", "--grant-read", "id=1")]
    [InlineData("put-bucket-acl", "bucket-of-tests", "--grant-read", "me")]
    [InlineData("presign", "s3://bucket-of-tests/a.txt", "--expires-in", "week")]
    public async Task What_makes_no_sense_is_a_usage_error(params string[] arguments) => Assert.Equal(2, (await _lab.RunAsync(arguments)).Code);
}
