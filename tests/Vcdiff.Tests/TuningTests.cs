using DeltaGlider.Vcdiff.Encode;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>What makes deltas small: each of these was once a regression, or would be a costly one.</summary>
public unsafe class TuningTests
{
    [Fact]
    public void Masks_of_equal_bytes_agree_with_and_without_vectors()
    {
        var random = new Random(1);
        byte[] a = Samples.Random(64), b = new byte[64];
        for (var round = 0; round < 500; round++)
        {
            for (var at = 0; at < 64; at++) b[at] = random.Next(3) == 0 ? (byte)~a[at] : a[at];
            fixed (byte* pa = a, pb = b)
            {
                Assert.Equal(CommonBytes.EqualMaskScalar(pa, pb, 64), CommonBytes.EqualMaskVectorized(pa, pb));
                Assert.Equal(CommonBytes.EqualMaskScalar(pa, pb, 64) & 0x1FFFFF, CommonBytes.EqualMask(pa, pb, 21));
            }
        }
    }

    [Fact]
    public void Random_bytes_are_dense_and_text_is_not()
    {
        fixed (byte* random = Samples.Random(100_000), text = Samples.Text(100_000))
        {
            Assert.True(Compressibility.IsDense(random, 100_000));
            Assert.False(Compressibility.IsDense(text, 100_000));
            Assert.Equal(100_000 / Compressibility.Block * Compressibility.Block, Compressibility.DenseLength(random, 100_000));
            Assert.Equal(0, Compressibility.DenseLength(text, 100_000));
            Assert.Equal(100_000, Compressibility.SparseLength(text, 100_000));
        }
    }

    [Fact]
    public void Many_small_changes_in_place_cost_little_more_than_the_changed_bytes()
    {
        var source = Samples.Random(1_000_000);
        var target = source.ToArray();
        var random = new Random(5);
        var changes = 0;
        for (var at = 100; at < target.Length; at += random.Next(10, 60), changes++) target[at] ^= 0x55;
        Assert.InRange(Codec.Encode(source, target).Length, changes, changes * 5 / 2);
    }

    [Fact]
    public void What_an_earlier_window_had_is_not_said_again()
    {
        var text = Samples.Text(100_000);
        byte[] twice = [.. text, .. text];
        var once = Codec.Encode([], text, new() { WindowSize = 100_000 }).Length;
        Assert.InRange(Codec.Encode([], twice, new() { WindowSize = 100_000 }).Length, once, once + once / 10);
    }

    [Fact]
    public void A_repeat_within_new_compressed_data_is_copied()
    {
        var member = Samples.Random(40_000);
        byte[] target = [.. member, .. Samples.Random(30_000, 2), .. member];
        Assert.InRange(Codec.Encode([], target).Length, 70_000, 70_300);
    }

    [Theory]
    [InlineData(VcdiffLevel.Fast)]
    [InlineData(VcdiffLevel.Default)]
    [InlineData(VcdiffLevel.Best)]
    public void The_dictionary_slides_over_more_than_it_holds(VcdiffLevel level)
    {
        // Compressible data of several times a small dictionary, section after section, with repeats at all distances.
        var effort = level switch
        {
            VcdiffLevel.Fast => LzmaEffort.Quick,
            VcdiffLevel.Best => LzmaEffort.Normal,
            _ => LzmaEffort.Fast,
        } with { DictionaryBytes = 1 << 14 };
        using var compressor = new LzmaSectionCompressor(effort);
        using var decompressor = new LzmaSectionDecompressor(1 << 20);
        using var output = new DeltaGlider.Vcdiff.Memory.NativeBuffer();
        var text = Samples.Text(30_000);
        var random = new Random(3);
        XzHeader.Write(output, effort.DictionaryBytes);
        for (var round = 0; round < 60; round++)
        {
            var from = random.Next(20_000);
            byte[] section = [.. text.AsSpan(from, random.Next(1000, 10_000)), .. round % 7 == 3 ? Samples.Random(30_000, round) : []];
            Assert.True(compressor.TryCompress(section, output, CancellationToken.None));
            var decoded = new byte[section.Length];
            decompressor.Decompress(output.Span, decoded, CancellationToken.None);
            Codec.AssertSame(section, decoded);
            output.Length = 0;
        }
    }
}
