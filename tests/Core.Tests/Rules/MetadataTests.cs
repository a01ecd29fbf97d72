using System.Collections.Immutable;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.Tests.Rules;

public sealed class MetadataTests
{
    private const string Sha = "4664fab0ac4b56b8935333f59ee9e7801c8ab96de7c57cb3b6eb8192a5a61c55";
    private const string RefSha = "676f9bb47a23af349f85b6f45f71d7a634db60a71b5c9f370d037215a8f3ac8c";
    private static readonly ContentDigest Digest = new(283719, Sha256Digest.Parse(Sha), "00112233445566778899aabbccddeeff");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 7, 33, 39, TimeSpan.Zero);

    public static TheoryData<string, Dictionary<string, string>> Eras => new()
    {
        { "this tool, Python 6.x and the proxy", new() { ["dg-file-sha256"] = Sha, ["dg-file-size"] = "7", ["dg-ref-key"] = "a/reference.bin", ["dg-ref-sha256"] = RefSha, ["dg-tool"] = "t", ["dg-original-name"] = "x.zip" } },
        { "gateways that turn dashes into underscores", new() { ["dg_file_sha256"] = Sha, ["dg_file_size"] = "7", ["dg_ref_key"] = "a/reference.bin", ["dg_ref_sha256"] = RefSha, ["dg_tool"] = "t", ["dg_original_name"] = "x.zip" } },
        { "Python up to 5.x", new() { ["file_sha256"] = Sha, ["file_size"] = "7", ["ref_key"] = "a/reference.bin", ["ref_sha256"] = RefSha, ["tool"] = "t", ["original_name"] = "x.zip" } },
        { "bare dashes", new() { ["file-sha256"] = Sha, ["file-size"] = "7", ["ref-key"] = "a/reference.bin", ["ref-sha256"] = RefSha, ["tool"] = "t", ["original-name"] = "x.zip" } },
        { "upper case", new() { ["DG-File-SHA256"] = Sha.ToUpperInvariant(), ["Dg-File-Size"] = "7", ["dg-ref-key"] = "a/reference.bin", ["dg-ref-sha256"] = RefSha, ["dg-tool"] = "t", ["dg-original-name"] = "x.zip" } },
        { "an empty value is a missing one", new() { ["dg-file-sha256"] = "", ["file_sha256"] = Sha, ["dg-file-size"] = "", ["file_size"] = "7", ["dg-ref-key"] = "", ["ref-key"] = "a/reference.bin", ["dg-ref-sha256"] = RefSha, ["tool"] = "t", ["dg-original-name"] = "x.zip" } },
    };

    [Theory]
    [MemberData(nameof(Eras))]
    public void Reads_every_era(string era, Dictionary<string, string> stored)
    {
        var metadata = MetadataReader.Read(stored);
        Assert.True(metadata.IsDelta, era);
        Assert.Equal(Sha, metadata.FileSha256!.Hex);
        Assert.Equal(7, metadata.FileSize);
        Assert.Equal("a/reference.bin", metadata.ReferenceKey);
        Assert.Equal(RefSha, metadata.ReferenceSha256!.Hex);
        Assert.Equal("t", metadata.Tool);
        Assert.Equal("x.zip", metadata.OriginalName);
        Assert.Empty(metadata.User);
    }

    [Fact]
    public void The_present_spelling_wins_over_older_ones()
    {
        var metadata = MetadataReader.Read(new Dictionary<string, string> { ["file_sha256"] = RefSha, ["dg-file-sha256"] = Sha });
        Assert.Equal(Sha, metadata.FileSha256!.Hex);
    }

    [Fact]
    public void A_users_own_metadata_does_not_make_an_object_ours()
    {
        var metadata = MetadataReader.Read(new Dictionary<string, string> { ["tool"] = "make", ["note"] = "hello", ["team"] = "release" });
        Assert.False(metadata.IsDeltaGlider);
        Assert.Equal(3, metadata.User.Count);
    }

    [Theory]
    [InlineData("not-hex")]
    [InlineData("4664fab0")]
    [InlineData("zz64fab0ac4b56b8935333f59ee9e7801c8ab96de7c57cb3b6eb8192a5a61c55")]
    public void A_broken_hash_is_a_missing_one(string value) =>
        Assert.False(MetadataReader.Read(new Dictionary<string, string> { ["dg-file-sha256"] = value, ["dg-file-size"] = "-1" }).IsDeltaGlider);

    [Theory]
    [InlineData("2026-11-22T07:33:39.796546Z", "2026-11-22T07:33:39.796546Z")]
    [InlineData("2026-11-22T07:33:39.796546", "2026-11-22T07:33:39.796546Z")]
    [InlineData("2026-11-22T07:33:39Z", "2026-11-22T07:33:39.000000Z")]
    [InlineData("2026-11-22T07:33:39", "2026-11-22T07:33:39.000000Z")]
    [InlineData("2026-11-22T09:33:39.5+02:00", "2026-11-22T07:33:39.500000Z")]
    public void Reads_times_of_all_writers(string text, string expected) => Assert.Equal(expected, Timestamps.Format(Timestamps.Parse(text)!.Value));

    [Theory]
    [InlineData("1763796819.796546", "1763796819.796546000")]
    [InlineData("0", "0.000000000")]
    [InlineData("-1.5", "-1.500000000")]
    [InlineData("1763796819.7965461999", "1763796819.796546100")]
    public void Reads_and_writes_mtime_as_rclone_does(string text, string expected)
    {
        var time = Timestamps.ParseUnix(text)!.Value;
        var written = Timestamps.FormatUnix(time);
        Assert.Equal(time, Timestamps.ParseUnix(written));
        Assert.Equal(expected, written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("1e40")]
    [InlineData("99999999999999")]
    public void A_time_no_clock_could_say_is_none(string text) => Assert.Null(Timestamps.ParseUnix(text));

    [Theory]
    [InlineData("plain text")]
    [InlineData("файл.zip")]
    [InlineData("版本 🎉 with spaces, and a long tail so that more than one encoded word is needed for it")]
    [InlineData(" leading and trailing ")]
    [InlineData("=?looks like one?=")]
    public void Text_outside_ascii_survives_as_encoded_words(string text)
    {
        var encoded = EncodedWords.Encode(text);
        Assert.All(encoded, c => Assert.InRange(c, ' ', '~'));
        Assert.All(encoded.Split(' ').Where(word => word.StartsWith("=?UTF", StringComparison.Ordinal)), word => Assert.InRange(word.Length, 1, 75));
        Assert.Equal(text, EncodedWords.Decode(encoded));
    }

    [Fact]
    public void Reads_the_q_form_too() => Assert.Equal("é b", EncodedWords.Decode("=?utf-8?Q?=C3=A9_b?="));

    [Fact]
    public void What_is_written_for_a_delta_is_read_back_and_is_what_the_other_tools_need()
    {
        var facts = new FileFacts(Now, ImmutableDictionary<string, string>.Empty.Add("Team", "Freigabe-Straße"));
        var written = new MetadataWriter("deltaglider-ps/1.2.3").ForDelta(S3Uri.Parse("s3://b-1/rel/x.zip"), Digest, Sha256Digest.Parse(RefSha), 99, Now, facts);
        Assert.Equal("rel/reference.bin", written["dg-ref-key"]);
        Assert.Equal("reference.bin", written["dg-ref-path"]);
        Assert.Equal("delta", written["dg-note"]);
        Assert.Equal("xdelta3 -e -9 -s reference.bin x.zip x.zip.delta", written["dg-delta-cmd"]);
        Assert.Equal("2026-11-22T07:33:39.000000Z", written["dg-created-at"]);
        Assert.Equal("283719", written["dg-file-size"]);
        Assert.Equal("99", written["dg-delta-size"]);
        Assert.Equal("deltaglider-ps/1.2.3", written["dg-tool"]);
        Assert.DoesNotContain(written.Keys, name => name.Contains('_', StringComparison.Ordinal));

        var read = MetadataReader.Read(written);
        Assert.True(read.IsDelta);
        Assert.Equal(Now, read.Modified);
        Assert.Equal("Freigabe-Straße", Assert.Single(read.User).Value);
    }

    [Fact]
    public void A_name_that_is_not_ascii_is_left_to_the_key()
    {
        var written = new MetadataWriter("t").ForDelta(S3Uri.Parse("s3://b-1/Δ.zip"), Digest, Digest.Sha256, 1, Now, FileFacts.None);
        Assert.DoesNotContain("dg-original-name", written.Keys);
        Assert.DoesNotContain("dg-delta-cmd", written.Keys);
        Assert.Equal("zero-diff (reference identical)", written["dg-note"]);
    }

    [Fact]
    public void More_than_s3_takes_is_refused()
    {
        var facts = new FileFacts(null, ImmutableDictionary<string, string>.Empty.Add("big", new string('x', 2000)));
        var error = Assert.Throws<DeltaGliderException>(() => new MetadataWriter("t").ForDirect(S3Uri.Parse("s3://b-1/x"), Digest, Now, facts));
        Assert.Equal(ErrorKind.MetadataTooLarge, error.Kind);
        Assert.Contains("s3://b-1/x", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_costs_the_courtesy_command_first()
    {
        var written = new MetadataWriter("t").ForDelta(S3Uri.Parse($"s3://b-1/{new string('n', 700)}.zip"), Digest, Digest.Sha256, 1, Now, FileFacts.None);
        Assert.DoesNotContain("dg-delta-cmd", written.Keys);
        Assert.Contains("dg-original-name", written.Keys);
    }

    [Fact]
    public void A_metadata_name_no_header_may_have_is_refused()
    {
        var facts = new FileFacts(null, ImmutableDictionary<string, string>.Empty.Add("a b", "x"));
        var error = Assert.Throws<DeltaGliderException>(() => new MetadataWriter("t").ForDirect(S3Uri.Parse("s3://b-1/x"), Digest, Now, facts));
        Assert.Contains("a b'", error.Message, StringComparison.Ordinal);
    }
}
