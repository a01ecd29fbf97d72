using DeltaGlider.Vcdiff.Encode;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>What is found in compressed or random data, where LZMA finds nothing.</summary>
public unsafe class DenseTests
{
    private const int Megabyte = 1_000_000;

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(70_000_000_001)]
    public void A_place_in_the_source_is_known_again_near_where_it_is_expected(long start)
    {
        // Entries hold the low bits of a place only; sources are larger than those can tell.
        foreach (var shift in new[] { -4_000_001, -2, -1, 0, 1, 3, 4_000_000 })
        {
            var place = Math.Max(0, start + 8_000_000 + shift) & ~1L;
            var entry = (uint)(place / 2 & 0xFFFFFF);
            Assert.Equal(place, DenseTable.SourcePlace(entry, start + 8_000_000));
        }
    }

    [Fact]
    public void Short_pieces_from_all_over_a_small_reference_are_found()
    {
        var source = Samples.Random(3 * Megabyte);
        var target = Samples.Random(2 * Megabyte, 2);
        var random = new Random(4);
        var pieces = 0;
        for (var at = 1000; at < target.Length - 1000; at += 500, pieces++)
            source.AsSpan(random.Next(source.Length - 16), 16).CopyTo(target.AsSpan(at));
        // Sixteen bytes for about six, and no piece has the diagonal of the one before.
        Assert.InRange(Codec.Encode(source, target).Length, 0, target.Length - pieces * 9);
    }

    [Fact]
    public void Short_repeats_close_by_are_found()
    {
        var target = Samples.Random(Megabyte);
        var random = new Random(4);
        var repeats = 0;
        for (var at = 1000; at < target.Length - 1000; at += 200, repeats++)
            target.AsSpan(at - random.Next(6, 100), 6).CopyTo(target.AsSpan(at));
        Assert.InRange(Codec.Encode(Samples.Random(Megabyte, 2), target).Length, 0, target.Length - repeats * 2);
    }

    [Fact]
    public void A_repeat_with_many_small_changes_costs_little_more_than_they()
    {
        var member = Samples.Random(200_000);
        var again = member.ToArray();
        var changes = 0;
        var random = new Random(4);
        for (var at = 20; at < again.Length; at += random.Next(12, 30), changes++) again[at] ^= 0x55;
        byte[] target = [.. member, .. Samples.Random(50_000, 3), .. again];
        Assert.InRange(Codec.Encode(Samples.Random(Megabyte, 2), target).Length, 250_000, 250_000 + changes * 3);
    }

    [Fact]
    public void What_moved_as_a_whole_is_found_in_a_large_reference_without_indexing_all_of_it()
    {
        var source = Samples.Random(20 * Megabyte);
        using var buffer = SourceBuffer.CopyOf(source);
        var encoder = new VcdiffEncoder(buffer);
        var swapped = Codec.Encode(encoder, [.. source.AsSpan(10 * Megabyte), .. source.AsSpan(0, 10 * Megabyte)]);
        Assert.InRange(swapped.Length, 1, 200);
        var inserted = Codec.Encode(encoder, [.. source.AsSpan(0, Megabyte), .. Samples.Random(Megabyte, 9), .. source.AsSpan(Megabyte)]);
        Assert.InRange(inserted.Length, Megabyte, Megabyte + 300);
        Assert.False(encoder.HasFullIndex);
        // Short pieces between what stays in place need the full one.
        var edited = source.ToArray();
        for (var at = 5_000; at < edited.Length - 5_000; at += 40_000) source.AsSpan(edited.Length - at, 100).CopyTo(edited.AsSpan(at));
        Assert.InRange(Codec.Encode(encoder, edited).Length, 1, 500 * 12);
        Assert.True(encoder.HasFullIndex);
    }

    [Fact]
    public void Few_blocks_of_uneven_data_are_left_to_the_compressor_and_many_are_not()
    {
        // Values drawn with slightly different odds, as in deflated data of little variety.
        var random = new Random(4);
        var uneven = new byte[40 * Compressibility.Block];
        foreach (ref var value in uneven.AsSpan()) value = (byte)(random.Next(3) == 0 ? random.Next(64) : random.Next(256));
        fixed (byte* data = uneven)
        {
            Assert.False(Compressibility.IsDense(data, uneven.Length));
            Assert.True(Compressibility.IsDense(data, uneven.Length, 150));
            Assert.Equal(0, Compressibility.DenseLength(data, 7 * Compressibility.Block, 150));
            Assert.Equal(uneven.Length, Compressibility.DenseLength(data, uneven.Length, 150));
            Assert.Equal(uneven.Length, Compressibility.SparseLength(data, uneven.Length));
        }
    }
}
