using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>What a level means: which copies pay, and how hard each kind of section is compressed.</summary>
internal sealed record EncoderTuning(MatchTuning Matching, LzmaEffort? Data, LzmaEffort? Instructions, LzmaEffort? Addresses)
{
    /// <summary>Literals: bytes of all kinds, with no alignment left.</summary>
    private static readonly LzmaProperties ForData = new(LiteralContextBits: 3, LiteralPositionBits: 0, PositionBits: 0);

    /// <summary>Opcodes and sizes.</summary>
    private static readonly LzmaProperties ForInstructions = new(LiteralContextBits: 0, LiteralPositionBits: 0, PositionBits: 0);

    /// <summary>Distances: nearly all of four bytes when the source is between 2 and 256 MiB.</summary>
    private static readonly LzmaProperties ForAddresses = new(LiteralContextBits: 0, LiteralPositionBits: 2, PositionBits: 2);

    public static EncoderTuning For(VcdiffEncoderOptions options)
    {
        if (!options.SecondaryCompression) return new EncoderTuning(MatchTuning.Plain, null, null, null);
        var effort = options.Level switch
        {
            VcdiffLevel.Fast => LzmaEffort.Quick,
            VcdiffLevel.Best => LzmaEffort.Normal,
            _ => LzmaEffort.Fast,
        };
        return new EncoderTuning(
            MatchTuning.Compressed,
            effort with { Properties = ForData, DictionaryBytes = effort.Trees ? 1 << 23 : 1 << 24 },
            effort with { Properties = ForInstructions, DictionaryBytes = 1 << 22 },
            effort with { Properties = ForAddresses, DictionaryBytes = 1 << 22 });
    }
}
