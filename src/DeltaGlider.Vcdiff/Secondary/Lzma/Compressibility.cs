namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>Tells compressed or random data by how evenly byte values are spread, so that no time is lost on it.</summary>
internal static unsafe class Compressibility
{
    /// <summary>What is judged at a time, by a few samples of it.</summary>
    public const int Block = 8 * 1024;

    /// <summary>The unevenness, in percent of that of even odds, of which a compressor saves about one percent.</summary>
    public const int Slight = 115;

    private const int Samples = 4, SampleLength = 512;

    /// <summary>
    /// A shorter run of dense blocks is compressed with what is around it: it may be a repeat, as certificates are, and
    /// costs little. Blocks that are dense to a larger tolerance only are given up when there are many.
    /// </summary>
    private const int MinDenseBlocks = 3, MinTolerableBlocks = 8;

    /// <summary>Bytes from the start, in whole blocks, that are not worth a compressor's time.</summary>
    public static int DenseLength(byte* data, int length, int tolerance = Slight)
    {
        int dense = 0, tolerable = 0;
        for (; length - tolerable >= Block; tolerable += Block)
        {
            var unevenness = Unevenness(data + tolerable, Block);
            if (unevenness > tolerance) break;
            if (unevenness <= Slight && dense == tolerable) dense += Block;
        }
        if (tolerable >= MinTolerableBlocks * Block) return tolerable;
        return dense >= MinDenseBlocks * Block ? dense : 0;
    }

    /// <summary>Bytes from the start up to the next <see cref="DenseLength"/>.</summary>
    public static int SparseLength(byte* data, int length, int tolerance = Slight)
    {
        int dense = 0, tolerable = 0;
        for (var at = 0; length - at >= Block; at += Block)
        {
            var unevenness = Unevenness(data + at, Block);
            dense = unevenness <= Slight ? dense + 1 : 0;
            tolerable = unevenness <= tolerance ? tolerable + 1 : 0;
            var blocks = tolerable == MinTolerableBlocks ? tolerable : dense == MinDenseBlocks ? dense : 0;
            if (blocks > 0 && at + Block > blocks * Block) return at + Block - blocks * Block;
        }
        return length;
    }

    /// <summary>Whether a stretch of a few hundred bytes or more seems compressed or random.</summary>
    /// <remarks>
    /// By the sum of the squares of how often each value occurs: for even odds it is total squared / 256 + total.
    /// Compressed data is within a few hundredths of that; code and text are far beyond.
    /// </remarks>
    public static bool IsDense(byte* data, int length, int tolerance = Slight) => Unevenness(data, length) <= tolerance;

    private static int Unevenness(byte* data, int length)
    {
        var counts = stackalloc ushort[256];
        new Span<ushort>(counts, 256).Clear();
        var count = Math.Min(SampleLength, length / Samples);
        for (var sample = 0; sample < Samples; sample++)
        {
            var from = data + (long)(length - count) * sample / (Samples - 1);
            for (var at = 0; at < count; at++) counts[from[at]]++;
        }
        var squares = 0;
        for (var value = 0; value < 256; value++) squares += counts[value] * counts[value];
        var total = count * Samples;
        return squares * 100 / (total * total / 256 + total);
    }
}
