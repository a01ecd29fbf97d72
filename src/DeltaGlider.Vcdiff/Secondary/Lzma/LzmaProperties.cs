namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>How the contexts of literals and lengths are chosen: LZMA's lc, lp and pb.</summary>
internal readonly record struct LzmaProperties(int LiteralContextBits, int LiteralPositionBits, int PositionBits)
{
    public byte Encoded => (byte)((PositionBits * 5 + LiteralPositionBits) * 9 + LiteralContextBits);

    public uint PositionMask => (1u << PositionBits) - 1;

    public uint LiteralContext(int position, byte before) =>
        (((uint)position & ((1u << LiteralPositionBits) - 1)) << LiteralContextBits) + ((uint)before >> (8 - LiteralContextBits));
}
