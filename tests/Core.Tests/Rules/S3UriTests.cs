using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Tests.Rules;

public sealed class S3UriTests
{
    [Theory]
    [InlineData("s3://bucket", "bucket", "")]
    [InlineData("s3://bucket/", "bucket", "")]
    [InlineData("s3://bucket/a/b.zip", "bucket", "a/b.zip")]
    [InlineData("S3://bucket//lead", "bucket", "/lead")]
    [InlineData("s3://bucket/a b+c%20d?e#f", "bucket", "a b+c%20d?e#f")]
    [InlineData("s3://bucket/../x", "bucket", "../x")]
    [InlineData("s3://bucket/版本/файл 🎉.zip", "bucket", "版本/файл 🎉.zip")]
    [InlineData(@"s3://bucket/a\b", "bucket", @"a\b")]
    public void Keeps_the_key_to_the_letter(string text, string bucket, string key)
    {
        var uri = S3Uri.Parse(text);
        Assert.Equal(new S3Uri(bucket, key), uri);
        Assert.Equal(uri, S3Uri.Parse(uri.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bucket/key")]
    [InlineData("http://bucket/key")]
    [InlineData("s3:/bucket/key")]
    [InlineData("s3://..")]
    [InlineData("s3://a/key")]
    [InlineData("s3://bu cket/key")]
    [InlineData("s3:///key")]
    public void Refuses_what_is_no_uri(string text)
    {
        Assert.False(S3Uri.TryParse(text, out _));
        Assert.Contains(text, Assert.Throws<FormatException>(() => S3Uri.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void S3_alone_means_every_bucket()
    {
        Assert.True(S3Uri.TryParse("s3://", out var uri));
        Assert.Equal(S3Uri.AllBuckets, uri);
    }

    [Theory]
    [InlineData("s3://b-1/a/b/c.zip", "a/b/", "a/b/reference.bin")]
    [InlineData("s3://b-1/c.zip", "", "reference.bin")]
    [InlineData("s3://b-1//c.zip", "/", "/reference.bin")]
    public void A_deltaspace_is_everything_up_to_the_last_slash(string uri, string prefix, string reference)
    {
        var space = DeltaSpace.Of(S3Uri.Parse(uri));
        Assert.Equal(prefix, space.Prefix);
        Assert.Equal(reference, space.Reference.Key);
    }

    [Theory]
    [InlineData("a/x.zip.delta", true)]
    [InlineData("x.delta", true)]
    [InlineData("a/.delta", false)]
    [InlineData(".delta", false)]
    [InlineData("a/x.DELTA", false)]
    [InlineData("a/x.delta/", false)]
    public void Delta_keys(string key, bool expected) => Assert.Equal(expected, DeltaSpace.IsDeltaKey(key));
}
