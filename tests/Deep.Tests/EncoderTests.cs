using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Gzip;

namespace DeltaGlider.Deep.Tests;

/// <summary>What holds without any other program.</summary>
public class EncoderTests
{
    public static TheoryData<string> Encoders => [.. EncoderSearch.Known.Select(encoder => encoder.Id)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Encoders))]
    public void What_goes_in_comes_out(string id)
    {
        var encoder = EncoderSearch.Known.Single(one => one.Id == id);
        foreach (var kind in Samples.Kinds)
        {
            foreach (var size in new[] { 0, 1, 2, 261, 32_768, 65_300, 200_000 })
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
        foreach (var encoder in new[] { DeflateParameters.GnuGzip(6), DeflateParameters.GnuGzip(2), DeflateParameters.Zlib(6) })
            Packing.AssertSame(Packing.Gzip(content, encoder), Packing.Gzip(content, encoder, piece), encoder.Id);
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void An_encoder_is_recognized_by_its_work(string id)
    {
        var encoder = EncoderSearch.Known.Single(one => one.Id == id);
        // Levels 8 and 9 only part where chains are very long.
        byte[] content = [.. Samples.Of("text", 100_000), .. Samples.Of("two", 60_000), .. Samples.Of("text", 400_000, 2)];
        var packed = Packing.Gzip(content, encoder).AsMemory(10);
        Assert.Equal(id, EncoderSearch.Find(packed, content, true, Cancellation)?.Id);
        Assert.Equal(id, EncoderSearch.Find(packed, content.AsSpan(0, 500_000), false, Cancellation)?.Id);
    }

    [Fact]
    public void Nothing_is_made_of_a_beginning_that_fills_no_block()
    {
        var content = new byte[100_000];
        var packed = Packing.Gzip(content, DeflateParameters.GnuGzip(6)).AsMemory(10);
        Assert.Null(EncoderSearch.Find(packed, content, false, Cancellation));
    }

    [Fact]
    public void An_unknown_encoder_is_not_recognized()
    {
        var content = Samples.Of("text", 100_000);
        var packed = Packing.Gzip(content, DeflateParameters.GnuGzip(6));
        packed[2000] ^= 1;
        Assert.Null(EncoderSearch.Find(packed.AsMemory(10), content, true, Cancellation));
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
}
