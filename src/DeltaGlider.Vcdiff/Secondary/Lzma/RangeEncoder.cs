using System.Runtime.CompilerServices;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>The range encoder of LZMA, writing to memory that the caller keeps large enough.</summary>
internal unsafe struct RangeEncoder
{
    private const int TopBits = 24;

    private ulong _low;
    private uint _range;
    private byte* _start;
    private byte* _output;

    /// <summary>Bytes that a carry may still change: the last one that is not 0xFF, and how many 0xFF follow it.</summary>
    private byte _held;
    private int _heldCount;

    public void Start(byte* output)
    {
        _start = _output = output;
        _low = 0;
        _range = uint.MaxValue;
        _held = 0;
        _heldCount = 1;
    }

    /// <summary>How long the output would be if it were finished now.</summary>
    public readonly int Length => (int)(_output - _start) + _heldCount + 4;

    /// <summary>Writes what is held back and returns the length of the output.</summary>
    public int Finish()
    {
        for (var i = 0; i < 5; i++) ShiftLow();
        return (int)(_output - _start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Bit(ushort* probability, uint bit)
    {
        uint p = *probability;
        var bound = (_range >> LzmaModel.ProbabilityBits) * p;
        if (bit == 0)
        {
            _range = bound;
            *probability = (ushort)(p + (((1 << LzmaModel.ProbabilityBits) - p) >> LzmaModel.AdaptationShift));
        }
        else
        {
            _low += bound;
            _range -= bound;
            *probability = (ushort)(p - (p >> LzmaModel.AdaptationShift));
        }
        if (_range >= LzmaModel.MinRange) return;
        _range <<= 8;
        ShiftLow();
    }

    /// <summary>A symbol of <paramref name="bits"/> bits, highest first.</summary>
    public void Tree(ushort* tree, int bits, uint symbol)
    {
        uint node = 1;
        for (var at = bits - 1; at >= 0; at--) node = TreeBit(tree, node, node, (symbol >> at) & 1);
    }

    /// <summary>
    /// A byte that is not <paramref name="expected"/>, the one at the last distance: as long as its bits agree with
    /// that one's, they have trees of their own.
    /// </summary>
    public void MatchedLiteral(ushort* tree, uint symbol, uint expected)
    {
        uint agree = 0x100, node = 1;
        for (var at = 7; at >= 0; at--)
        {
            expected <<= 1;
            var bit = (symbol >> at) & 1;
            node = TreeBit(tree, agree + (expected & agree) + node, node, bit);
            agree &= expected ^ (bit - 1);
        }
    }

    /// <summary>
    /// One bit of a symbol that is written from its highest bit down: the same as <see cref="Bit"/> without a branch,
    /// for bits that no branch predictor can guess.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint TreeBit(ushort* tree, uint place, uint node, uint bit)
    {
        uint p = tree[place];
        var bound = (_range >> LzmaModel.ProbabilityBits) * p;
        // All ones when the bit is 1.
        var one = 0 - bit;
        _low += bound & one;
        var range = bound + ((_range - bound - bound) & one);
        // Towards 2048 - 31 for a 0 and towards 31 for a 1, rounded as the branches of Bit round.
        const uint OnZero = (1 << LzmaModel.ProbabilityBits) - (1 << LzmaModel.AdaptationShift) + 1;
        tree[place] = (ushort)(p - (uint)((int)(p - (OnZero & ~one)) >> LzmaModel.AdaptationShift));
        if (range < LzmaModel.MinRange)
        {
            range <<= 8;
            ShiftLow();
        }
        _range = range;
        return node + node + bit;
    }

    /// <summary>A symbol of <paramref name="bits"/> bits, lowest first.</summary>
    public void ReverseTree(ushort* tree, int bits, uint symbol)
    {
        uint node = 1;
        for (var at = 0; at < bits; at++)
        {
            var bit = (symbol >> at) & 1;
            Bit(tree + node, bit);
            node = (node << 1) | bit;
        }
    }

    /// <summary>Bits of even odds, highest first.</summary>
    public void Direct(uint value, int bits)
    {
        for (var at = bits - 1; at >= 0; at--)
        {
            _range >>= 1;
            if (((value >> at) & 1) != 0) _low += _range;
            if (_range >= LzmaModel.MinRange) continue;
            _range <<= 8;
            ShiftLow();
        }
    }

    private void ShiftLow()
    {
        const ulong Carry = 1ul << 32;
        const ulong Undecided = 0xFFul << TopBits;
        if (_low is < Undecided or >= Carry)
        {
            var carry = (byte)(_low >> 32);
            *_output++ = (byte)(_held + carry);
            for (; _heldCount > 1; _heldCount--) *_output++ = (byte)(0xFF + carry);
            _heldCount = 0;
            _held = (byte)(_low >> TopBits);
        }
        _heldCount++;
        _low = (_low & ((1ul << TopBits) - 1)) << 8;
    }
}
