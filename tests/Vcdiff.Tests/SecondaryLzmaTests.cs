using System.Buffers.Binary;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>What an LZMA section may and may not be, below the level of deltas.</summary>
public class SecondaryLzmaTests
{
    private static readonly byte[] StreamHeader = [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 0, 0, 0xFF, 0x12, 0xD9, 0x41];

    private static readonly byte[] Hello = [.. "Hello, windows"u8];

    private static byte[] BlockHeader(byte dictionary = 0, byte flags = 0, byte filter = 0x21, byte propertiesLength = 1)
    {
        byte[] header = [2, flags, filter, propertiesLength, dictionary, 0, 0, 0];
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, XzHeader.Crc32(header));
        return [.. header, .. crc];
    }

    private static byte[] Stored(byte control, byte[] bytes) => [control, (byte)((bytes.Length - 1) >> 8), (byte)(bytes.Length - 1), .. bytes];

    private static byte[] Decode(LzmaSectionDecompressor decompressor, byte[] compressed, int length)
    {
        var section = new byte[length];
        decompressor.Decompress(compressed, section, CancellationToken.None);
        return section;
    }

    private static void AssertRefused(byte[] compressed, int length, string why)
    {
        using var decompressor = new LzmaSectionDecompressor(1 << 20);
        var thrown = Assert.Throws<InvalidDataException>(() => Decode(decompressor, compressed, length));
        Assert.Contains(why, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_check_type_is_read_because_no_check_ever_comes()
    {
        for (byte check = 0; check < 16; check++)
        {
            var crc = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(crc, XzHeader.Crc32([0, check]));
            byte[] header = [.. StreamHeader[..6], 0, check, .. crc];
            using var decompressor = new LzmaSectionDecompressor(1 << 20);
            Assert.Equal(Hello, Decode(decompressor, [.. header, .. BlockHeader(), .. Stored(1, Hello)], Hello.Length));
            Assert.Equal(Hello, Decode(decompressor, Stored(2, Hello), Hello.Length));
        }
    }

    /// <summary>40 says 4 GiB - 1. Nothing may be allocated for it.</summary>
    [Fact]
    public void A_huge_dictionary_costs_nothing_until_it_is_filled()
    {
        var before = Environment.WorkingSet;
        var decompressors = new List<LzmaSectionDecompressor>();
        for (var i = 0; i < 200; i++)
        {
            decompressors.Add(new LzmaSectionDecompressor(int.MaxValue));
            Assert.Equal(Hello, Decode(decompressors[i], [.. StreamHeader, .. BlockHeader(40), .. Stored(1, Hello)], Hello.Length));
        }
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 100_000_000);
        decompressors.ForEach(one => one.Dispose());
    }

    /// <summary>The ring of a small dictionary, filled in steps of all sizes, against a list that keeps everything.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4096)]
    public void History_keeps_the_end_of_what_is_put_in(int capacity)
    {
        using var history = new LzmaHistory(capacity);
        var all = new List<byte>();
        var random = new Random(capacity);
        for (var step = 0; step < 300; step++)
        {
            var bytes = Samples.Random(random.Next(0, random.Next(3) == 0 ? capacity * 2 : 20), step);
            history.Append(bytes);
            all.AddRange(bytes);
            Assert.Equal(Math.Min(all.Count, capacity), history.Available);
            if (history.Available == 0) continue;
            var back = random.Next(history.Available);
            Assert.Equal(all[^(back + 1)], history[back]);
            var count = random.Next(1, back + 2);
            Assert.Equal(all.GetRange(all.Count - back - 1, count), Copy(history, back, count));
        }
    }

    private static unsafe byte[] Copy(LzmaHistory history, int back, int count)
    {
        var bytes = new byte[count];
        fixed (byte* to = bytes) history.CopyTo(to, back, count);
        return bytes;
    }

    [Fact]
    public void Headers_that_are_wrong_are_refused()
    {
        var chunk = Stored(1, Hello);
        AssertRefused([], 14, "does not start");
        AssertRefused([.. "not an .xz stream, this"u8], 14, "does not start");
        AssertRefused([.. StreamHeader[..6], 1, .. StreamHeader[7..], .. BlockHeader(), .. chunk], 14, "unknown flags");
        AssertRefused([.. StreamHeader[..7], 4, .. StreamHeader[8..], .. BlockHeader(), .. chunk], 14, "stream header is damaged");
        AssertRefused(StreamHeader, 14, "no block");
        AssertRefused([.. StreamHeader, 0, 0, 0, 0], 14, "no block");
        AssertRefused([.. StreamHeader, .. BlockHeader()[..^1]], 14, "ends within the .xz block header");
        AssertRefused([.. StreamHeader, .. BlockHeader()[..^1], 0, .. chunk], 14, "block header is damaged");
        AssertRefused([.. StreamHeader, .. BlockHeader(41), .. chunk], 14, "dictionary size");
        AssertRefused([.. StreamHeader, .. BlockHeader(0, 4), .. chunk], 14, "unknown flags");
        AssertRefused([.. StreamHeader, .. BlockHeader(0, 1), .. chunk], 14, "filters before LZMA2");
        AssertRefused([.. StreamHeader, .. BlockHeader(0, 0, 4), .. chunk], 14, "filter 0x4");
        AssertRefused([.. StreamHeader, .. BlockHeader(0, 0, 0x21, 2), .. chunk], 14, "properties have the wrong length");
    }

    [Fact]
    public void Chunks_that_are_wrong_are_refused()
    {
        byte[] start = [.. StreamHeader, .. BlockHeader()];
        byte[] range = [0, 0, 0, 0, 0];
        AssertRefused(start, 14, "end too early");
        AssertRefused([.. start, 0], 14, "are ended before");
        AssertRefused([.. start, 3, 0, 0, 1], 14, "unknown type 0x03");
        AssertRefused([.. start, .. Stored(2, Hello)], 14, "does not reset the dictionary");
        AssertRefused([.. start, 0xC0, 0, 13, 0, 4, 93, .. range], 14, "does not reset the dictionary");
        AssertRefused([.. start, .. Stored(1, Hello)], 13, "more than the section");
        AssertRefused([.. start, .. Stored(1, Hello)], 15, "end too early");
        AssertRefused([.. start, .. Stored(1, Hello), 0], 14, "left over");
        AssertRefused([.. start, .. Stored(1, Hello)[..^1]], 14, "cut short");
        AssertRefused([.. start, 1, 0], 14, "cut short");
        AssertRefused([.. start, .. Stored(1, [1]), 0x80, 0, 12, 0, 4, .. range], 14, "lacks its properties");
        AssertRefused([.. start, .. Stored(1, [1]), 0xA0, 0, 12, 0, 4, .. range], 14, "lacks its properties");
        AssertRefused([.. start, 0xE0, 0, 13, 0, 4, 225, .. range], 14, "invalid properties");
        AssertRefused([.. start, 0xE0, 0, 13, 0, 4, 8, .. range], 14, "invalid properties"); // lc 8
        AssertRefused([.. start, 0xE0, 0, 13, 0, 4, 93, 1, .. range[1..]], 14, "does not start as one");
        AssertRefused([.. start, 0xE0, 0, 13, 0, 3, 93, .. range[1..]], 14, "does not start as one");
        byte[] ones = [0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0]; // Ones only: the longest repeated match.
        AssertRefused([.. start, 0xE0, 1, 255, 0, 9, 93, .. ones], 512, "back to before the start");
        AssertRefused([.. start, 0xE0, 0, 13, 0, 9, 93, .. ones], 14, "beyond its LZMA chunk");
        AssertRefused([.. start, 0xE0, 0xFF, 0xFF, 0, 4, 93, .. range], 65536, "ends too early");
    }
}
