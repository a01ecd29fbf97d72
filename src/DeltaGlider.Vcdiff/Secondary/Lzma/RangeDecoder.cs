using System.Runtime.CompilerServices;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// The range decoder of LZMA. A local of this type is kept in registers as long as every call is inlined. It does
/// not look for the end of its input: whoever calls makes sure that the bytes of one symbol are there.
/// </summary>
internal unsafe struct RangeDecoder
{
    public uint Range;
    public uint Code;
    public byte* Input;

    /// <summary>One bit, with the probability that it is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Bit(ushort* probability)
    {
        if (Range < LzmaModel.MinRange) Refill();
        uint p = *probability;
        var bound = (Range >> LzmaModel.ProbabilityBits) * p;
        if (Code < bound)
        {
            Range = bound;
            *probability = (ushort)(p + (((1 << LzmaModel.ProbabilityBits) - p) >> LzmaModel.AdaptationShift));
            return 0;
        }
        Range -= bound;
        Code -= bound;
        *probability = (ushort)(p - (p >> LzmaModel.AdaptationShift));
        return 1;
    }

    /// <summary>
    /// One more bit of a symbol that is read from its highest bit down: the same as <see cref="Bit"/> without a
    /// branch, for bits that no branch predictor can guess.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint TreeBit(ushort* tree, uint symbol)
    {
        if (Range < LzmaModel.MinRange) Refill();
        var probability = tree + symbol;
        uint p = *probability;
        var bound = (Range >> LzmaModel.ProbabilityBits) * p;
        // All ones when the bit is 0.
        var zero = (uint)((long)((ulong)Code - bound) >> 63);
        Range -= bound;
        Range += ((bound - Range) & zero);
        Code -= bound & ~zero;
        // Towards 2048 - 31 for a 0 and towards 31 for a 1, rounded as the branches of Bit round.
        const uint OnZero = (1 << LzmaModel.ProbabilityBits) - (1 << LzmaModel.AdaptationShift) + 1;
        *probability = (ushort)(p - (uint)((int)(p - (OnZero & zero)) >> LzmaModel.AdaptationShift));
        return symbol + symbol + 1 + zero;
    }

    /// <summary>A bit of even odds, appended to <paramref name="value"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint DirectBit(uint value)
    {
        if (Range < LzmaModel.MinRange) Refill();
        Range >>= 1;
        Code -= Range;
        var zero = 0u - (Code >> 31);
        Code += Range & zero;
        return value + value + 1 + zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        Range <<= 8;
        Code = (Code << 8) | *Input++;
    }
}
