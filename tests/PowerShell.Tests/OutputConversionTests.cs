using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.PowerShell.Tests;

public sealed class OutputConversionTests
{
    private static readonly Sha256Digest Digest = Sha256Digest.Parse(new string('a', 64));

    [Theory]
    [InlineData("a/b/c.zip", false, "c.zip", "s3://bkt/a/b/")]
    [InlineData("c.zip", false, "c.zip", "s3://bkt/")]
    [InlineData("a/b/", true, "b/", "s3://bkt/a/")]
    [InlineData("a/", true, "a/", "s3://bkt/")]
    [InlineData("/", true, "/", "s3://bkt/")]
    [InlineData("a//", true, "/", "s3://bkt/a/")]
    [InlineData("/x", false, "x", "s3://bkt//")]
    public void A_name_is_the_last_part_of_the_key(string key, bool prefix, string name, string parent)
    {
        var output = new ObjectEntry(new S3Uri("bkt", key), prefix).ToOutput();

        Assert.Equal((name, parent, key), (output.Name, output.Parent, output.Key));
        Assert.Equal("s3://bkt/" + key, output.Uri);
    }

    [Fact]
    public void A_delta_shows_its_file_and_what_it_saved()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        var output = new ObjectEntry(new S3Uri("bkt", "a.zip"), false) { Storage = StorageKind.Delta, Size = 1000, StoredSize = 10, LastModified = at, Modified = at, Sha256 = Digest, ETag = "e" }.ToOutput();

        Assert.Equal(DGStorage.Delta, output.Storage);
        Assert.Equal(990, output.Saved);
        Assert.Equal(99, output.SavedPercent);
        Assert.Equal(new DateTime(2026, 1, 2, 1, 4, 5, DateTimeKind.Utc), output.LastModified);
        Assert.Equal(DateTimeKind.Utc, output.LastModified!.Value.Kind);
        Assert.Equal(DateTimeKind.Utc, output.Modified!.Value.Kind);
        Assert.Equal(Digest.Hex, output.Sha256);
    }

    [Fact]
    public void Of_a_prefix_nothing_else_is_known()
    {
        var output = new ObjectEntry(new S3Uri("bkt", "a/"), true).ToOutput();

        Assert.True(output.IsPrefix);
        Assert.Null(output.Storage);
        Assert.Null(output.LastModified);
        Assert.Null(output.SavedPercent);
    }

    [Fact]
    public void An_empty_file_has_no_percentage() =>
        Assert.Null(new PutObjectResult(new S3Uri("bkt", "e"), "/e", StorageKind.Direct, 0, 0, 0, Digest, TimeSpan.Zero).ToOutput(TimeSpan.Zero).SavedPercent);

    [Fact]
    public void A_first_file_counts_its_reference()
    {
        var output = new PutObjectResult(new S3Uri("bkt", "e"), "/e", StorageKind.Delta, 100, 5, 100, Digest, TimeSpan.FromSeconds(1)).ToOutput(TimeSpan.FromSeconds(2));

        Assert.Equal(-5, output.Saved);
        Assert.Equal(-5, output.SavedPercent);
        Assert.Equal(("/e", "s3://bkt/e", "s3://bkt/e"), (output.Source, output.Destination, output.Uri));
        Assert.Equal(TimeSpan.FromSeconds(2), output.Elapsed);
    }

    [Fact]
    public void A_problem_keeps_the_name_that_errors_of_its_kind_have()
    {
        var output = new VerifyObjectResult(new S3Uri("bkt", "e"), false, Digest, null) { Problem = ErrorKind.ReferenceMissing, Reason = "Gone." }.ToOutput(TimeSpan.Zero);

        Assert.Equal(("ReferenceMissing", "Gone.", false), (output.Problem, output.Reason, output.Valid));
    }
}
