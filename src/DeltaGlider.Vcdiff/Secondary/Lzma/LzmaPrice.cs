using System.Runtime.CompilerServices;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>What bits cost, in sixteenths of a bit.</summary>
internal static unsafe class LzmaPrice
{
    public const int FractionBits = 4;

    /// <summary>More than any way to encode a few thousand bytes costs.</summary>
    public const uint Infinite = 1 << 30;

    private const int IndexShift = 4;

    /// <summary>By probability of what is coded, in steps of 16 of 2048. Worked out in integers, the same everywhere.</summary>
    private static readonly byte[] Table = Build();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bit(uint probability, uint bit) =>
        Table[(probability ^ ((0u - bit) & ((1 << LzmaModel.ProbabilityBits) - 1))) >> IndexShift];

    public static uint Tree(ushort* tree, int bits, uint symbol)
    {
        uint price = 0;
        for (symbol |= 1u << bits; symbol > 1; symbol >>= 1) price += Bit(tree[symbol >> 1], symbol & 1);
        return price;
    }

    public static uint ReverseTree(ushort* tree, int bits, uint symbol)
    {
        uint price = 0, node = 1;
        for (; bits > 0; bits--, symbol >>= 1)
        {
            price += Bit(tree[node], symbol & 1);
            node = (node << 1) | (symbol & 1);
        }
        return price;
    }

    private static byte[] Build()
    {
        var table = new byte[(1 << LzmaModel.ProbabilityBits) >> IndexShift];
        for (var index = 0; index < table.Length; index++)
        {
            // The binary logarithm, one bit at a time: squaring doubles it.
            ulong value = ((uint)index << IndexShift) + (1u << (IndexShift - 1));
            var logarithm = 0;
            for (var step = 0; step < FractionBits; step++)
            {
                value *= value;
                logarithm <<= 1;
                while (value >= 1 << 16)
                {
                    value >>= 1;
                    logarithm++;
                }
            }
            table[index] = (byte)((LzmaModel.ProbabilityBits << FractionBits) - 15 - logarithm);
        }
        return table;
    }
}
