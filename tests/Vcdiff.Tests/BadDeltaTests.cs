namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Deltas that are wrong in one named way each.</summary>
public class BadDeltaTests
{
    private static readonly byte[] Source = Samples.Random(1000);

    public static TheoryData<string, VcdiffError, byte[]> Cases() => new()
    {
        { "nothing at all", VcdiffError.NotVcdiff, [] },
        { "a gzip file", VcdiffError.NotVcdiff, [0x1F, 0x8B, 8, 0, 0, 0] },
        { "half a magic number", VcdiffError.Truncated, [0xD6, 0xC3] },
        { "version S, open-vcdiff's own", VcdiffError.NotVcdiff, [0xD6, 0xC3, 0xC4, (byte)'S', 0] },
        { "a header only", VcdiffError.Truncated, new DeltaBuilder().ToArray() },
        { "unknown header bits", VcdiffError.Malformed, new DeltaBuilder(8).Window(1, [7], [2], []).ToArray() },
        { "a code table", VcdiffError.UnsupportedFeature, new DeltaBuilder(2, 0, 0).ToArray() },
        { "unknown window bits", VcdiffError.Malformed, new DeltaBuilder().Window(1, [7], [2], [], indicator: 8).ToArray() },
        { "source and target at once", VcdiffError.Malformed, new DeltaBuilder().Window(1, [7], [2], [], indicator: 3).ToArray() },
        { "unknown delta bits", VcdiffError.Malformed, new DeltaBuilder().Window(1, [7], [2], [], deltaIndicator: 8).ToArray() },
        { "a segment past the end", VcdiffError.SourceOutOfRange, new DeltaBuilder().Window(1, [7], [2], [], 1, 10, 991).ToArray() },
        { "a segment far past the end", VcdiffError.SourceOutOfRange, new DeltaBuilder().Window(1, [7], [2], [], 1, 10, long.MaxValue - 5).ToArray() },
        { "an endless segment", VcdiffError.SourceOutOfRange, new DeltaBuilder().Window(1, [7], [2], [], 1, long.MaxValue, 10).ToArray() },
        { "a window length that lies", VcdiffError.Malformed, new DeltaBuilder().Window(1, [7], [2], [], encodingLength: 8).ToArray() },
        { "a huge window length", VcdiffError.Malformed, new DeltaBuilder().Window(1, [7], [2], [], encodingLength: long.MaxValue).ToArray() },
        { "a window of gigabytes", VcdiffError.LimitExceeded, new DeltaBuilder().Window(8L << 30, [7], [2], []).ToArray() },
        { "a section of gigabytes", VcdiffError.LimitExceeded, new DeltaBuilder().Window(1, [7], [2], [], dataLength: 8L << 30).ToArray() },
        { "an application header of gigabytes", VcdiffError.LimitExceeded, new DeltaBuilder(4, DeltaBuilder.Varint(8L << 30)).ToArray() },
        { "a padded integer", VcdiffError.InvalidInteger, new DeltaBuilder().Raw(0, 0x80, 0x05).ToArray() },
        { "an integer without end", VcdiffError.InvalidInteger, new DeltaBuilder().Raw([0, .. Enumerable.Repeat((byte)0xFF, 5000)]).ToArray() },
        { "a window not filled", VcdiffError.Malformed, new DeltaBuilder().Window(2, [7], [2], []).ToArray() },
        { "a window overfilled by ADD", VcdiffError.Malformed, new DeltaBuilder().Window(1, [7, 7], [3], []).ToArray() },
        { "a window overfilled by RUN", VcdiffError.Malformed, new DeltaBuilder().Window(1, [7], [0, .. DeltaBuilder.Varint(long.MaxValue)], []).ToArray() },
        { "a window overfilled by COPY", VcdiffError.Malformed, new DeltaBuilder().Window(3, [], [20], [0], 1, 10).ToArray() },
        { "an ADD without data", VcdiffError.Malformed, new DeltaBuilder().Window(2, [7], [3], []).ToArray() },
        { "a RUN without data", VcdiffError.Malformed, new DeltaBuilder().Window(2, [], [0, 2], []).ToArray() },
        { "a COPY without an address", VcdiffError.Malformed, new DeltaBuilder().Window(4, [], [20], [], 1, 10).ToArray() },
        { "a COPY in a same mode without its byte", VcdiffError.Malformed, new DeltaBuilder().Window(4, [], [116], [], 1, 10).ToArray() },
        { "an instruction without its size", VcdiffError.Malformed, new DeltaBuilder().Window(4, [7], [0], []).ToArray() },
        { "an instruction with a padded size", VcdiffError.InvalidInteger, new DeltaBuilder().Window(4, [7], [0, 0x80, 4], []).ToArray() },
        { "data left over", VcdiffError.Malformed, new DeltaBuilder().Window(1, [7, 8], [2], []).ToArray() },
        { "addresses left over", VcdiffError.Malformed, new DeltaBuilder().Window(1, [7], [2], [1]).ToArray() },
        { "a COPY from where nothing is yet", VcdiffError.InvalidAddress, new DeltaBuilder().Window(4, [], [20], [10], 1, 10).ToArray() },
        { "a COPY without a segment", VcdiffError.InvalidAddress, new DeltaBuilder().Window(4, [], [20], [0]).ToArray() },
        { "a COPY from before the segment", VcdiffError.InvalidAddress, new DeltaBuilder().Window(4, [], [36], [11], 1, 10).ToArray() },
        { "a COPY from near an overflow", VcdiffError.InvalidAddress, new DeltaBuilder().Window(8, [], [20, 52], [5, .. DeltaBuilder.Varint(long.MaxValue)], 1, 10).ToArray() },
        { "a wrong checksum", VcdiffError.ChecksumMismatch, new DeltaBuilder().Window(1, [7], [2], [], adler: 0x00080009).ToArray() },
        { "bytes after the last window", VcdiffError.Malformed, new DeltaBuilder().Window(1, [7], [2], []).Raw(0xFF).ToArray() },
        { "a section of an unknown compressor", VcdiffError.UnsupportedSecondaryCompressor, new DeltaBuilder(1, 200).Window(1, [7], [2], [], deltaIndicator: 1).ToArray() },
        { "a compressed section without a compressor", VcdiffError.Malformed, new DeltaBuilder().Window(1, [7], [2], [], deltaIndicator: 2).ToArray() },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Is_refused_with_the_right_kind(string name, VcdiffError kind, byte[] delta)
    {
        Assert.NotNull(name);
        var before = GC.GetTotalAllocatedBytes();
        var thrown = Assert.Throws<VcdiffException>(() => Codec.Decode(Source, delta));
        Assert.Equal(kind, thrown.Kind);
        Assert.InRange(thrown.Offset, 0, delta.Length);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 32_000_000);
    }

    [Fact]
    public void The_exception_names_the_window_and_the_byte()
    {
        var delta = new DeltaBuilder().Window(1, [7], [2], []).Window(4, [], [20], [0x7F], 1, 10).ToArray();
        var thrown = Assert.Throws<VcdiffException>(() => Codec.Decode(Source, delta));
        Assert.Equal(1, thrown.Window);
        Assert.Equal(delta.Length, thrown.Offset); // the address is the last byte, and was read
        Assert.Contains("window 1", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "unknown")]
    public void An_unsupported_compressor_is_named(byte id, string name)
    {
        var delta = new DeltaBuilder(1, id).Window(1, [7], [2], [], deltaIndicator: 1).ToArray();
        var thrown = Assert.Throws<VcdiffException>(() => Codec.Decode(Source, delta));
        Assert.Contains($"{id} ({name})", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressor_that_is_declared_and_not_used_is_fine() =>
        Assert.Equal([7], Codec.Decode(Source, new DeltaBuilder(1, 200).Window(1, [7], [2], []).ToArray()));

    [Fact]
    public void A_COPY_across_segment_and_target_is_read_as_the_rfc_has_it()
    {
        // Segment "ab", target so far "cd": COPY 6 from 0 makes "abcdab".
        var delta = new DeltaBuilder().Window(8, "cd"u8.ToArray(), [3, 22], [0], 1, 2, 0).ToArray();
        Assert.Equal("cdabcdab"u8.ToArray(), Codec.Decode("ab"u8.ToArray(), delta));
    }

    [Fact]
    public void The_rfcs_own_example_decodes()
    {
        // RFC 3284 section 3: "abcdefghijklmnop" to "abcdwxyzefghefghefghefghzzzz".
        var delta = new DeltaBuilder().Window(
            28, "wxyzz"u8.ToArray(), [20, 5, 20, 28, 0, 4], [0, 4, 24], 1, 16, 0).ToArray();
        Assert.Equal("abcdwxyzefghefghefghefghzzzz"u8.ToArray(), Codec.Decode("abcdefghijklmnop"u8.ToArray(), delta));
    }
}
