using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// Decodes the LZMA chunks of one stream. Matches copy within the section that is being filled, or, when they reach
/// further back, out of the history of earlier sections.
/// </summary>
internal sealed unsafe class LzmaDecoder(LzmaHistory history) : IDisposable
{
    /// <summary>
    /// More than one symbol can take (20 bytes): what must be readable behind the place where a symbol starts.
    /// </summary>
    private const int SymbolMargin = 32;

    /// <summary>Bytes that a copy takes in one step, and may write behind its end.</summary>
    private const int CopyStep = 16;

    private const int RangeStartLength = 5;

    /// <summary>Memory taken outside the managed heap.</summary>
    public const long NativeBytes = LzmaModel.MaxProbabilities * sizeof(ushort);

    private ushort* _probabilities = (ushort*)NativeMemory.Alloc(LzmaModel.MaxProbabilities * sizeof(ushort));
    private int _literalContextBits;
    private uint _literalPositionMask;
    private uint _positionMask;
    private uint _state;
    private uint _rep0;
    private uint _rep1;
    private uint _rep2;
    private uint _rep3;

    /// <summary>Takes the lc, lp and pb of a properties byte.</summary>
    public void SetProperties(byte properties)
    {
        const int ContextChoices = 9, PositionChoices = 5;
        var literalContext = properties % ContextChoices;
        var rest = properties / ContextChoices;
        var literalPosition = rest % PositionChoices;
        var position = rest / PositionChoices;
        if (position > LzmaModel.MaxPositionBits || literalContext + literalPosition > LzmaModel.MaxLiteralBits)
            throw new InvalidDataException($"an LZMA2 chunk has the invalid properties 0x{properties:X2}");
        _literalContextBits = literalContext;
        _literalPositionMask = (1u << literalPosition) - 1;
        _positionMask = (1u << position) - 1;
    }

    /// <summary>Forgets what was learned, but not the dictionary.</summary>
    public void ResetState()
    {
        new Span<ushort>(_probabilities, LzmaModel.MaxProbabilities).Fill(LzmaModel.EvenOdds);
        _state = _rep0 = _rep1 = _rep2 = _rep3 = 0;
    }

    public void Dispose()
    {
        NativeMemory.Free(_probabilities);
        _probabilities = null;
    }

    /// <summary>
    /// Decodes the chunk at <paramref name="input"/> into <paramref name="section"/> from <paramref name="at"/> to
    /// <paramref name="end"/>.
    /// </summary>
    /// <param name="input">The range coder's bytes, which must be used up.</param>
    /// <param name="inputLength">How many.</param>
    /// <param name="section">The start of the section.</param>
    /// <param name="dictionaryStart">Where in the section the dictionary starts; before that lies the history, if any.</param>
    /// <param name="at">Where the chunk starts in the section.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="capacity">Where the section ends.</param>
    /// <param name="position">The bytes between the dictionary's reset and the chunk, or at least the low bits of that.</param>
    public void Decode(
        byte* input, int inputLength, byte* section, int dictionaryStart, int at, int end, int capacity, uint position)
    {
        if (inputLength < RangeStartLength || *input != 0) throw new InvalidDataException("an LZMA chunk does not start as one");
        RangeDecoder range;
        range.Range = uint.MaxValue;
        range.Code = ((uint)input[1] << 24) | ((uint)input[2] << 16) | ((uint)input[3] << 8) | input[4];
        range.Input = input + RangeStartLength;

        // The last symbols are read out of a copy with room behind it, so that no symbol has to watch its input.
        var tail = stackalloc byte[2 * SymbolMargin];
        var inputEnd = input + inputLength;
        var inputLimit = inputEnd - SymbolMargin;
        var inTail = false;

        var probabilities = _probabilities;
        var literalTrees = probabilities + LzmaModel.Literal;
        var literalContextBits = _literalContextBits;
        var positionMask = _positionMask;
        var state = _state;
        var rep0 = _rep0;
        var available = history.Available;
        var outStart = section + dictionaryStart;
        var outAt = section + at;
        var outEnd = section + end;
        var outFast = section + (capacity - CopyStep);
        uint previous = outAt > outStart ? outAt[-1] : available > 0 ? history[0] : (byte)0;

        while (outAt < outEnd)
        {
            if (range.Input > inputLimit)
            {
                if (inTail) ThrowInputTooShort();
                var left = (int)(inputEnd - range.Input);
                Unsafe.InitBlockUnaligned(tail, 0, 2 * SymbolMargin);
                Unsafe.CopyBlockUnaligned(tail, range.Input, (uint)left);
                range.Input = tail;
                inputEnd = inputLimit = tail + left;
                inTail = true;
            }

            var positionState = position & positionMask;
            if (range.Bit(probabilities + LzmaModel.IsMatch + (state << LzmaModel.MaxPositionBits) + positionState) == 0)
            {
                var context = ((position & _literalPositionMask) << literalContextBits) + (previous >> (8 - literalContextBits));
                var tree = literalTrees + LzmaModel.LiteralTree * context;
                ulong symbol;
                if (state < LzmaModel.LiteralStates)
                {
                    ulong p = tree[1];
                    symbol = range.TreeBit(tree, ref p, 1);
                    symbol = range.TreeBit(tree, ref p, symbol);
                    symbol = range.TreeBit(tree, ref p, symbol);
                    symbol = range.TreeBit(tree, ref p, symbol);
                    symbol = range.TreeBit(tree, ref p, symbol);
                    symbol = range.TreeBit(tree, ref p, symbol);
                    symbol = range.TreeBit(tree, ref p, symbol);
                    symbol = range.LastTreeBit(tree, p, symbol);
                    state = state <= 3 ? 0 : state - 3;
                }
                else
                {
                    // After a match the byte at its distance is a wrong guess, which tells as long as its bits agree.
                    ulong expected = rep0 < (ulong)(outAt - outStart)
                        ? *(outAt - rep0 - 1)
                        : HistoryByte(rep0 - (uint)(outAt - outStart), available);
                    symbol = DecodeMatched(ref range, tree, expected);
                    state -= state < 10 ? 3u : 6u;
                }
                previous = (byte)symbol;
                *outAt++ = (byte)previous;
                position++;
                continue;
            }

            uint length;
            if (range.Bit(probabilities + LzmaModel.IsRep + state) == 0)
            {
                _rep3 = _rep2;
                _rep2 = _rep1;
                _rep1 = rep0;
                length = DecodeLength(ref range, probabilities + LzmaModel.MatchLength, positionState);
                rep0 = DecodeDistance(ref range, probabilities, length);
                state = state < LzmaModel.LiteralStates ? 7u : 10u;
            }
            else
            {
                if (range.Bit(probabilities + LzmaModel.IsRep0 + state) == 0)
                {
                    if (range.Bit(probabilities + LzmaModel.IsRep0Long + (state << LzmaModel.MaxPositionBits) + positionState) == 0)
                    {
                        previous = rep0 < (ulong)(outAt - outStart)
                            ? *(outAt - rep0 - 1)
                            : HistoryByte(rep0 - (uint)(outAt - outStart), available);
                        *outAt++ = (byte)previous;
                        position++;
                        state = state < LzmaModel.LiteralStates ? 9u : 11u;
                        continue;
                    }
                }
                else
                {
                    uint distance;
                    if (range.Bit(probabilities + LzmaModel.IsRep1 + state) == 0)
                    {
                        distance = _rep1;
                    }
                    else
                    {
                        if (range.Bit(probabilities + LzmaModel.IsRep2 + state) == 0)
                        {
                            distance = _rep2;
                        }
                        else
                        {
                            distance = _rep3;
                            _rep3 = _rep2;
                        }
                        _rep2 = _rep1;
                    }
                    _rep1 = rep0;
                    rep0 = distance;
                }
                length = DecodeLength(ref range, probabilities + LzmaModel.RepLength, positionState);
                state = state < LzmaModel.LiteralStates ? 8u : 11u;
            }

            if (length > (ulong)(outEnd - outAt)) ThrowTooLong();
            position += length;
            var copyEnd = outAt + length;
            if (rep0 < (ulong)(outAt - outStart))
            {
                var from = outAt - rep0 - 1;
                if (rep0 >= CopyStep - 1 && copyEnd <= outFast)
                {
                    do
                    {
                        Vector128.Store(Vector128.Load(from), outAt);
                        outAt += CopyStep;
                        from += CopyStep;
                    }
                    while (outAt < copyEnd);
                    outAt = copyEnd;
                }
                else
                {
                    do *outAt++ = *from++;
                    while (outAt < copyEnd);
                }
            }
            else
            {
                CopyFromHistory(outAt, length, rep0, (uint)(outAt - outStart), available);
                outAt = copyEnd;
            }
            previous = outAt[-1];
        }

        if (range.Range < LzmaModel.MinRange) range.Refill();
        if (range.Input != inputEnd || range.Code != 0) throw new InvalidDataException("an LZMA chunk does not end where it should");
        _state = state;
        _rep0 = rep0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DecodeMatched(ref RangeDecoder range, ushort* tree, ulong expected)
    {
        const ulong Half = LzmaModel.LiteralTree / 3;
        ulong symbol = 1, agree = Half;
        do
        {
            expected <<= 1;
            var at = tree + agree + (expected & agree);
            var zero = range.Decide(at + symbol, at[symbol]);
            symbol += symbol + 1 + zero;
            agree &= expected ^ zero;
        }
        while (symbol < Half);
        return symbol;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint DecodeLength(ref RangeDecoder range, ushort* model, uint positionState)
    {
        if (range.Bit(model + LzmaModel.LengthChoice) == 0)
        {
            var low = range.Tree3(model + LzmaModel.LengthLow + positionState * LzmaModel.LowLengths);
            return (uint)low - LzmaModel.LowLengths + LzmaModel.MinMatchLength;
        }
        if (range.Bit(model + LzmaModel.LengthChoice2) == 0)
            return (uint)range.Tree3(model + LzmaModel.LengthMid + positionState * LzmaModel.MidLengths) + LzmaModel.MinMatchLength;
        var tree = model + LzmaModel.LengthHigh;
        ulong symbol = 1;
        do symbol = range.LastTreeBit(tree, tree[symbol], symbol);
        while (symbol < LzmaModel.HighLengths);
        return (uint)symbol - LzmaModel.HighLengths + LzmaModel.LowLengths + LzmaModel.MidLengths + LzmaModel.MinMatchLength;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint DecodeDistance(ref RangeDecoder range, ushort* probabilities, uint length)
    {
        var lengthState = Math.Min(length - LzmaModel.MinMatchLength, LzmaModel.LengthStates - 1);
        var tree = probabilities + LzmaModel.DistanceSlot + (lengthState << LzmaModel.DistanceSlotBits);
        ulong p = tree[1];
        var symbol = range.TreeBit(tree, ref p, 1);
        symbol = range.TreeBit(tree, ref p, symbol);
        symbol = range.TreeBit(tree, ref p, symbol);
        symbol = range.TreeBit(tree, ref p, symbol);
        symbol = range.TreeBit(tree, ref p, symbol);
        var slot = (uint)range.LastTreeBit(tree, p, symbol) - (1 << LzmaModel.DistanceSlotBits);
        if (slot < LzmaModel.FirstSlotWithTree) return slot;

        var bits = (int)(slot >> 1) - 1;
        var distance = 2 | (slot & 1);
        if (slot < LzmaModel.FirstSlotWithDirectBits)
        {
            distance <<= bits;
            // The trees lie behind one another without the unused first place of each.
            tree = probabilities + LzmaModel.DistanceTree + distance - slot - 1;
            symbol = 1;
            for (var bit = 0; bit < bits; bit++)
            {
                symbol = range.LastTreeBit(tree, tree[symbol], symbol);
                distance += (uint)(symbol & 1) << bit;
            }
            return distance;
        }

        for (var left = bits - LzmaModel.AlignBits; left > 0; left--) distance = range.DirectBit(distance);
        tree = probabilities + LzmaModel.Align;
        p = tree[1];
        symbol = range.TreeBit(tree, ref p, 1);
        symbol = range.TreeBit(tree, ref p, symbol);
        symbol = range.TreeBit(tree, ref p, symbol);
        symbol = range.LastTreeBit(tree, p, symbol);
        // Read from its lowest bit up.
        return (distance << LzmaModel.AlignBits)
            + (uint)(((symbol & 8) >> 3) | ((symbol & 4) >> 1) | ((symbol & 2) << 1) | ((symbol & 1) << 3));
    }

    private uint HistoryByte(uint back, int available)
    {
        if (back >= (uint)available) ThrowTooFar(available);
        return history[(int)back];
    }

    private void CopyFromHistory(byte* to, uint length, uint distance, uint inSection, int available)
    {
        var back = distance - inSection;
        if (back >= (uint)available) ThrowTooFar(available);
        // What starts in the history may run on into this section.
        var fromHistory = Math.Min(length, back + 1);
        history.CopyTo(to, (int)back, (int)fromHistory);
        var from = to - distance - 1 + fromHistory;
        for (var at = fromHistory; at < length; at++) to[at] = *from++;
    }

    [DoesNotReturn]
    private void ThrowTooFar(int available) => throw new InvalidDataException(
        available > 0 && history.IsFull
            ? "a match reaches further back than the dictionary that is kept"
            : "a match reaches back to before the start");

    [DoesNotReturn]
    private static void ThrowTooLong() => throw new InvalidDataException("a match goes on beyond its LZMA chunk");

    [DoesNotReturn]
    private static void ThrowInputTooShort() => throw new InvalidDataException("an LZMA chunk ends too early");
}
