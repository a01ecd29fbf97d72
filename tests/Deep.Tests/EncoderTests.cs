using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Gzip;

namespace DeltaGlider.Deep.Tests;

/// <summary>What holds without any other program.</summary>
public class EncoderTests
{
    public static TheoryData<string> Encoders => [.. DeflateEncoders.All.Select(encoder => encoder.Id)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Encoders))]
    public void What_goes_in_comes_out(string id)
    {
        var encoder = DeflateEncoders.All.Single(one => one.Id == id);
        foreach (var kind in Samples.Kinds)
        {
            foreach (var size in new[] { 0, 1, 2, 261, 32_768, 110_000 })
            {
                var content = Samples.Of(kind, size);
                Packing.AssertSame(content, Packing.Gunzip(Packing.Gzip(content, encoder)), $"{kind} {size}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(65_537)]
    public void How_the_content_is_cut_makes_no_difference(int piece)
    {
        var content = Samples.Of("echo", 170_000);
        foreach (var encoder in new[] { DeflateParameters.GnuGzip(6), DeflateParameters.GnuGzip(2), DeflateParameters.Zlib(6), DeflateParameters.DotNet(), DeflateParameters.DotNet(DotNetWriting.Whole) })
            Packing.AssertSame(Packing.Gzip(content, encoder), Packing.Gzip(content, encoder, piece), encoder.Id);
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void An_encoder_is_recognized_by_its_work(string id)
    {
        var encoder = DeflateEncoders.All.Single(one => one.Id == id);
        // Levels 8 and 9 only part where chains are very long.
        byte[] content = [.. Samples.Of("text", 100_000), .. Samples.Of("two", 60_000), .. Samples.Of("text", 400_000, 2)];
        var packed = Packing.Gzip(content, encoder);
        foreach (var length in new[] { content.Length, 500_000 })
        {
            var found = Find(packed.AsMemory(10), content[..length], isWhole: length == content.Length);
            Assert.NotNull(found);
            // Another one may have been found: one that does the same here. Whether it flushes shows at the end only.
            if (encoder.FlushesAtEnd) found = found.Flushed();
            Packing.AssertSame(packed.AsSpan(10), Packing.Gzip(content, found).AsSpan(10), found.Id);
        }
    }

    [Fact]
    public void The_hint_is_tried_first()
    {
        var content = Samples.Of("random", 500);
        var packed = Packing.Gzip(content, DeflateParameters.Zlib(6)).AsMemory(10);
        foreach (var hint in new[] { DeflateParameters.Chromium(9), DeflateParameters.GnuGzip(2) })
        {
            var query = new EncoderQuery { Hint = hint, EndsWithStream = false };
            Assert.Same(hint, EncoderSearch.Find(packed, new MemoryStream(content), query, Cancellation));
        }
    }

    [Fact]
    public void A_near_miss_tells_how_near_it_was()
    {
        var content = Samples.Of("text", 300_000);
        var packed = Packing.Gzip(content, DeflateParameters.Chromium(7)).AsSpan(10..^8).ToArray();
        packed[^5] ^= 0x10;
        var query = new EncoderQuery { Hint = DeflateParameters.Chromium(7) };
        var near = EncoderSearch.FindNearest(packed, new MemoryStream(content), query, Cancellation);
        Assert.Equal((DeflateParameters.Chromium(7), packed.Length - 5, false), (near?.Encoder, near?.EqualBytes, near?.IsExact));
    }

    [Fact]
    public void A_stream_that_goes_on_is_not_taken_for_a_whole_one()
    {
        var content = Samples.Of("text", 30_000);
        byte[] packed = [.. Packing.Gzip(content, DeflateParameters.Zlib(6)).AsSpan(10..^8), 0];
        Assert.Null(EncoderSearch.Find(packed, new MemoryStream(content), EncoderQuery.Default, Cancellation));
        Assert.Equal(packed.Length - 1, EncoderSearch.FindNearest(packed, new MemoryStream(content), EncoderQuery.Default, Cancellation)?.EqualBytes);
    }

    [Fact]
    public void Numbers_stand_in_stored_objects_and_never_change()
    {
        string[] families = ["gzip", "zlib", "zlib-m9", "chromium", "chromium-crc"];
        var frozen = families.SelectMany((family, i) => Enumerable.Range(1, 9).Select(level => (Number: i * 10 + level, Id: $"{family}-{level}"))).ToList();
        frozen.AddRange([(56, "zlib-ng-6"), (66, "zlib-ng-whole-6"), (76, "zlib-intel-6"), (86, "zlib-intel-late-6")]);
        frozen.AddRange([(116, "zlib-flushed-6"), (156, "zlib-ng-flushed-6"), (176, "zlib-intel-flushed-6"), (186, "zlib-intel-late-flushed-6")]);
        Assert.Equal(frozen, DeflateEncoders.All.Select(encoder => (encoder.Number, encoder.Id)).Order());
        Assert.All(frozen, one => Assert.Equal(one.Id, DeflateParameters.FromNumber(one.Number)?.Id));
        Assert.Null(DeflateParameters.FromNumber(0));
    }

    [Fact]
    public void Nothing_is_made_of_a_beginning_that_fills_no_block()
    {
        var content = new byte[100_000];
        var packed = Packing.Gzip(content, DeflateParameters.GnuGzip(6)).AsMemory(10);
        Assert.Null(Find(packed, content, isWhole: false));
    }

    [Fact]
    public void An_unknown_encoder_is_not_recognized()
    {
        var content = Samples.Of("text", 100_000);
        var packed = Packing.Gzip(content, DeflateParameters.GnuGzip(6));
        packed[2000] ^= 1;
        Assert.Null(Find(packed.AsMemory(10), content, isWhole: true));
    }

    [Fact]
    public void Memory_stays_small()
    {
        var encoder = new DeflateEncoder(DeflateParameters.GnuGzip(6), Stream.Null);
        var piece = Samples.Of("text", 1 << 20);
        encoder.Append(piece);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++) encoder.Append(piece);
        encoder.Finish();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Fact]
    public void A_stream_that_is_slow_to_make_is_not_found()
    {
        var content = Samples.Of("two", 700_000);
        var packed = Packing.Gzip(content, DeflateParameters.Zlib(9)).AsMemory(10);
        Assert.Null(Find(packed, content, isWhole: true));
    }

    [Fact]
    public void Levels_beyond_9_do_not_exist() => Assert.Throws<ArgumentOutOfRangeException>(() => DeflateParameters.GnuGzip(10));

    [Theory]
    [InlineData("1f8b0800000000000003", 10)]
    [InlineData("1f8b08080000000000036100", 12)]
    [InlineData("1f8b0804000000000003020058580000", 14)]
    [InlineData("1f8b081e00000000000301005861006200ffff", 19)]
    [InlineData("1f8b080800000000000361", null)]
    [InlineData("1f8b08040000000000030900", null)]
    [InlineData("1f8b0700000000000003", null)]
    [InlineData("1f8b08", null)]
    [InlineData("504b0304000000000000", null)]
    public void A_header_ends_where_it_ends(string hex, int? length) =>
        Assert.Equal(length, GzipHeader.TryRead(Convert.FromHexString(hex))?.Bytes.Length);

    private static DeflateParameters? Find(ReadOnlyMemory<byte> packed, byte[] content, bool isWhole) =>
        EncoderSearch.Find(packed, new MemoryStream(content), new EncoderQuery { IsWhole = isWhole, EndsWithStream = false }, Cancellation);
}
