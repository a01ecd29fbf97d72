using System.Runtime.CompilerServices;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// The range decoder of LZMA. A local of this type is kept in registers as long as every call is inlined. It does
/// not look for the end of its input: whoever calls makes sure that the bytes of one symbol are there.
/// </summary>
/// <remarks>
/// Each bit waits for the one before, so what counts is the number of steps from one to the next. The values are of
/// 32 bits, and held in 64 so that the sign of a difference needs no step of its own.
/// </remarks>
internal unsafe struct RangeDecoder
{
    public ulong Range;
    public ulong Code;
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
    /// branch, for bits that no branch predictor can guess. The probability is known already, and that of the next
    /// bit is chosen of two that are loaded before it is known which: no bit waits for memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong TreeBit(ushort* tree, ref ulong p, ulong symbol)
    {
        ulong ifZero = tree[symbol * 2], ifOne = tree[symbol * 2 + 1];
        var zero = Decide(tree + symbol, p);
        p = ifOne ^ ((ifZero ^ ifOne) & zero);
        return symbol + symbol + 1 + zero;
    }

    /// <summary>The last bit of such a symbol, or one whose successor is not known to be near.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong LastTreeBit(ushort* tree, ulong p, ulong symbol) => symbol + symbol + 1 + Decide(tree + symbol, p);

    /// <summary>Three bits in one tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Tree3(ushort* tree)
    {
        ulong p = tree[1];
        var symbol = TreeBit(tree, ref p, 1);
        symbol = TreeBit(tree, ref p, symbol);
        return LastTreeBit(tree, p, symbol);
    }

    /// <summary>All ones when the bit is 0, else 0. The probability, which the caller has loaded, is brought up to date.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Decide(ushort* probability, ulong p)
    {
        if (Range < LzmaModel.MinRange) Refill();
        var bound = (Range >> LzmaModel.ProbabilityBits) * p;
        var rest = Range - bound;
        var beyond = Code - bound;
        var zero = (ulong)((long)beyond >> 63);
        Range = rest + ((bound - rest) & zero);
        Code = beyond + (bound & zero);
        // Towards 2048 - 31 for a 0 and towards 31 for a 1, rounded as the branches of Bit round.
        const uint OnZero = (1 << LzmaModel.ProbabilityBits) - (1 << LzmaModel.AdaptationShift) + 1;
        *probability = (ushort)(p - (ulong)((long)(p - (OnZero & zero)) >> LzmaModel.AdaptationShift));
        return zero;
    }

    /// <summary>A bit of even odds, appended to <paramref name="value"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint DirectBit(uint value)
    {
        if (Range < LzmaModel.MinRange) Refill();
        Range >>= 1;
        var beyond = Code - Range;
        var zero = (ulong)((long)beyond >> 63);
        Code = beyond + (Range & zero);
        return value + value + 1 + (uint)zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        Range <<= 8;
        Code = (Code << 8) | *Input++;
    }
}
