namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>Tells compressed or random data by how evenly byte values are spread, so that no time is lost on it.</summary>
internal static unsafe class Compressibility
{
    /// <summary>What is judged at a time, by a few samples of it.</summary>
    public const int Block = 8 * 1024;

    private const int Samples = 4, SampleLength = 512, Total = Samples * SampleLength;

    /// <summary>
    /// The sum of the squares of how often each value occurs, for even odds: Total squared / 256 + Total, and a tenth
    /// more. Compressed data stays within one or two hundredths of even odds; code and text are far beyond.
    /// </summary>
    private const int MaxSquares = (Total * Total / 256 + Total) / 10 * 11;

    /// <summary>Bytes from the start, in whole blocks, that no compressor will make shorter.</summary>
    public static int DenseLength(byte* data, int length)
    {
        var dense = 0;
        while (length - dense >= Block && IsDense(data + dense)) dense += Block;
        return dense;
    }

    private static bool IsDense(byte* block)
    {
        var counts = stackalloc ushort[256];
        new Span<ushort>(counts, 256).Clear();
        for (var sample = 0; sample < Samples; sample++)
        {
            var from = block + sample * (Block / Samples);
            for (var at = 0; at < SampleLength; at++) counts[from[at]]++;
        }
        var squares = 0;
        for (var value = 0; value < 256; value++) squares += counts[value] * counts[value];
        return squares <= MaxSquares;
    }
}
