using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.Tests.Rules;

public sealed class NamingTests
{
    [Theory]
    [InlineData("a.zip", true)]
    [InlineData("A.ZIP", true)]
    [InlineData("a.tar.gz", true)]
    [InlineData("a.nupkg", true)]
    [InlineData("a.aab", true)]
    [InlineData("a.sha512", false)]
    [InlineData("zip", false)]
    [InlineData(".zip", false)]
    [InlineData("a.zip.txt", false)]
    public void Eligible_by_name(string name, bool expected) => Assert.Equal(expected, Eligibility.IsEligible(name, DeltaPolicy.Default));

    [Fact]
    public void Every_named_suffix_is_eligible() =>
        Assert.All(
            ".zip .tar .gz .tgz .bz2 .xz .7z .rar .dmg .iso .pkg .deb .rpm .apk .jar .war .ear .tar.gz .tar.bz2 .tar.xz .nupkg .snupkg .whl .vsix .msi .msix .appx .cab .zst .tar.zst .img .vhd .vhdx .sql .dump .bak .ipa .aab".Split(' '),
            suffix => Assert.True(Eligibility.IsEligible("x" + suffix, DeltaPolicy.Default), suffix));

    [Fact]
    public void The_policy_can_name_other_suffixes()
    {
        var policy = DeltaPolicy.Default with { Suffixes = [".rom"] };
        Assert.True(Eligibility.IsEligible("a.ROM", policy));
        Assert.False(Eligibility.IsEligible("a.zip", policy));
    }

    [Theory]
    [InlineData("a/x.delta")]
    [InlineData(".delta")]
    [InlineData("a/reference.bin")]
    [InlineData("reference.bin")]
    [InlineData(".deltaglider/tmp/x")]
    public void Reserved(string key) => Assert.NotNull(ReservedKeys.WhyReserved(key));

    [Theory]
    [InlineData("a/x.zip")]
    [InlineData("a/reference.bin/x")]
    [InlineData("a/my-reference.bin")]
    [InlineData("a/.deltaglider/x")]
    [InlineData("x.delta/y")]
    public void Not_reserved(string key) => Assert.Null(ReservedKeys.WhyReserved(key));

    [Theory]
    [InlineData("s3://b-1", "b-1", "f.zip")]
    [InlineData("s3://b-1/", "b-1", "f.zip")]
    [InlineData("s3://b-1/p/", "b-1", "p/f.zip")]
    [InlineData("s3://b-1/p/other.zip", "b-1", "p/other.zip")]
    public void Upload_names_as_the_aws_cli(string destination, string bucket, string key) =>
        Assert.Equal(new S3Uri(bucket, key), DestinationNaming.ForUpload("f.zip", S3Uri.Parse(destination)));

    [Theory]
    [InlineData("out.zip", false, "out.zip")]
    [InlineData("dir", true, "dir/f.zip")]
    [InlineData("dir/", false, "dir/f.zip")]
    public void Download_names_as_the_aws_cli(string destination, bool isFolder, string expected) =>
        Assert.Equal(expected, DestinationNaming.ForDownload(S3Uri.Parse("s3://b-1/p/f.zip"), destination, isFolder).Replace('\\', '/'));

    [Theory]
    [InlineData("s3://b-1/p/..")]
    [InlineData("s3://b-1/p/.")]
    [InlineData(@"s3://b-1/p/..\x")]
    [InlineData("s3://b-1/p/a\0b")]
    public void A_key_never_leads_out_of_the_folder(string source)
    {
        var error = Assert.Throws<DeltaGliderException>(() => DestinationNaming.ForDownload(S3Uri.Parse(source), "dir", true));
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
    }

    [Fact]
    public void Keys_are_ordered_as_s3_orders_them()
    {
        string[] keys = ["a", "a-", "a/", "a/b", "a0", "a.delta", "é", "\uFF5E", "\U0001F389", "z", ""];
        var byBytes = keys.OrderBy(key => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal);
        Assert.Equal(byBytes, keys.OrderBy(key => key, KeyOrder.Utf8));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(5, 0, true)]
    [InlineData(-5, 0, false)]
    public void The_newer_variant_wins(int deltaSecondsLater, int storeSecondsLater, bool deltaWins)
    {
        var time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var direct = new StoredObject(S3Uri.Parse("s3://b-1/x"), 1, time, "e", null, []);
        var delta = direct with { LastModified = time.AddSeconds(storeSecondsLater) };
        var metadata = new ObjectMetadata { CreatedAt = time };
        Assert.Equal(deltaWins, VariantChoice.DeltaWins(direct, metadata, delta, metadata with { CreatedAt = time.AddSeconds(deltaSecondsLater) }));
    }

    [Fact]
    public void A_new_variant_is_newer_than_what_it_replaces_even_with_a_slow_clock()
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(7);
        var ahead = now.AddHours(1);
        var stored = new StoredObject(S3Uri.Parse("s3://b-1/x"), 1, now, "e", null, []);
        var byItsWriter = new ResolvedObject(stored.Uri, StorageKind.Direct, stored, new ObjectMetadata { CreatedAt = ahead });
        var byTheStore = byItsWriter with { Stored = stored with { LastModified = ahead }, Metadata = new ObjectMetadata() };
        Assert.True(VariantChoice.CreatedAfter(now, byItsWriter) > ahead);
        Assert.True(VariantChoice.CreatedAfter(now, byTheStore) > ahead);
        var written = VariantChoice.CreatedAfter(now, null);
        Assert.Equal(written, Timestamps.Parse(Timestamps.Format(written)));
    }
}
