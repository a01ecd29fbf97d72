using DeltaGlider.Vcdiff.Secondary.Djw;
using DeltaGlider.Vcdiff.Secondary.Fgk;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Secondary;

/// <summary>The secondary compressors that xdelta3 knows, by the id in the file header.</summary>
internal static class SecondaryCompressor
{
    /// <summary>Static Huffman codes, several per section; ids 1, 2 and 16 are xdelta3's.</summary>
    public const byte Djw = 1;

    /// <summary>One continuous .xz stream per kind of section.</summary>
    public const byte Lzma = 2;

    /// <summary>Adaptive Huffman codes.</summary>
    public const byte Fgk = 16;

    /// <summary>A decompressor for one kind of section, or null when the method is not supported.</summary>
    public static ISectionDecompressor? CreateDecompressor(byte id, VcdiffLimits limits) => id switch
    {
        Djw => new DjwSectionDecompressor(),
        Fgk => new FgkSectionDecompressor(),
        Lzma => new LzmaSectionDecompressor(limits.MaxDictionaryBytes),
        _ => null,
    };

    /// <summary>The name of a compressor, for messages.</summary>
    public static string NameOf(byte id) => id switch
    {
        Djw => "DJW",
        Lzma => "LZMA",
        Fgk => "FGK",
        _ => "unknown",
    };
}
