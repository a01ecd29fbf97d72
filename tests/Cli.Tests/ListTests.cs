using DeltaGlider.Cli.Output;
using DeltaGlider.TestKit;

namespace DeltaGlider.Cli.Tests;

public sealed class ListTests : IDisposable
{
    private readonly Lab _lab = new();

    [Fact]
    public async Task Objects_and_prefixes_stand_in_the_columns_of_the_aws_cli()
    {
        await FillAsync();

        var outcome = await _lab.RunAsync("ls", Lab.Uri(""));

        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal("                           PRE rel/", outcome.Lines[0]);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d          5 note\.txt$", outcome.Lines[1]);
        Assert.Equal(2, outcome.Lines.Length);
    }

    [Fact]
    public async Task Below_a_prefix_files_have_their_own_names_and_sizes()
    {
        await FillAsync();

        var level = await _lab.RunAsync("ls", $"{Lab.Bucket}/rel/");
        var recursive = await _lab.RunAsync("ls", Lab.Uri(""), "--recursive");

        Assert.Collection(
            level.Lines,
            line => Assert.EndsWith("                PRE 2/", line, StringComparison.Ordinal),
            line => Assert.Matches(@"^\S+ \S+      40000 v0\.zip$", line),
            line => Assert.Matches(@"^\S+ \S+      \d{5} v1\.zip$", line));
        Assert.Equal(["note.txt", "rel/2/x.zip", "rel/v0.zip", "rel/v1.zip"], recursive.Lines.Select(line => line[31..]));
    }

    [Fact]
    public async Task Stored_adds_what_an_object_takes_and_as_what()
    {
        await FillAsync();

        var outcome = await _lab.RunAsync("ls", Lab.Uri("rel/"), "--stored", "--summarize", "--human-readable");

        Assert.Collection(
            outcome.Lines,
            line => Assert.Equal($"{"PRE",48} 2/", line),
            line => Assert.Matches(@"^\S+ \S+   39\.1 KiB +\d+ Bytes delta  v0\.zip$", line),
            line => Assert.Matches(@"^\S+ \S+   39\.\d KiB +\d+ Bytes delta  v1\.zip$", line),
            line => Assert.Equal("Total Objects: 2", line),
            line => Assert.Matches(@"^   Total Size: 78\.\d KiB$", line),
            line => Assert.Matches(@"^  Stored Size: \d+ Bytes$", line));
    }

    [Fact]
    public async Task Without_an_argument_the_buckets_are_listed()
    {
        var outcome = await _lab.RunAsync("ls");

        Assert.Equal(0, outcome.Code);
        Assert.Matches($@"^\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d {Lab.Bucket}$", Assert.Single(outcome.Lines));
    }

    [Fact]
    public async Task A_prefix_that_nothing_is_below_returns_1_and_an_empty_bucket_0()
    {
        Assert.Equal(new Outcome(0, "", ""), await _lab.RunAsync("ls", Lab.Uri("")));
        Assert.Equal(new Outcome(1, "", ""), await _lab.RunAsync("ls", Lab.Uri("nothing")));
    }

    [Theory]
    [InlineData(0, "0 Bytes")]
    [InlineData(1, "1 Byte")]
    [InlineData(1023, "1023 Bytes")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1_048_063, "1023.5 KiB")]
    [InlineData(1_048_575, "1.0 MiB")]
    [InlineData(1_048_576, "1.0 MiB")]
    [InlineData(5_368_709_120, "5.0 GiB")]
    public void Sizes_are_rounded_as_the_aws_cli_does(long bytes, string expected) => Assert.Equal(expected, HumanSize.Of(bytes));

    public void Dispose() => _lab.Dispose();

    private async Task FillAsync()
    {
        var versions = VersionedBytes.Versions(11, 40_000, 2);
        await _lab.PutAsync("rel/v0.zip", versions[0]);
        await _lab.PutAsync("rel/v1.zip", versions[1]);
        await _lab.PutAsync("rel/2/x.zip", versions[0]);
        await _lab.PutAsync("note.txt", [.. "hello"u8]);
    }
}
