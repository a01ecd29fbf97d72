using System.Runtime.CompilerServices;

namespace DeltaGlider.Deep.Inflate;

/// <summary>
/// Reads the prefix codes of one alphabet (RFC 1951, 3.2.2): short codes by one look into a table, long ones bit by bit.
/// </summary>
internal sealed unsafe class PrefixTable
{
    /// <summary>The longest code of any alphabet of deflate.</summary>
    public const int MaxBits = 15;

    private readonly int _quickBits;
    private readonly ushort[] _quick;
    private readonly ushort[] _symbols;
    private readonly int[] _counts = new int[MaxBits + 1];

    /// <param name="symbols">The size of the alphabet.</param>
    /// <param name="quickBits">Codes of so many bits or fewer are looked up.</param>
    public PrefixTable(int symbols, int quickBits)
    {
        _quickBits = quickBits;
        _quick = new ushort[1 << quickBits];
        _symbols = new ushort[symbols];
    }

    /// <summary>Takes the lengths of a code, 0 for symbols without one. False when more codes are asked for than there are.</summary>
    public bool TryBuild(ReadOnlySpan<byte> lengths)
    {
        Array.Clear(_counts);
        foreach (var length in lengths) _counts[length]++;
        _counts[0] = 0;
        var left = 1;
        for (var bits = 1; bits <= MaxBits; bits++)
        {
            left = (left << 1) - _counts[bits];
            if (left < 0) return false;
        }

        Span<int> places = stackalloc int[MaxBits + 2];
        Span<int> codes = stackalloc int[MaxBits + 2];
        places.Clear();
        codes.Clear();
        for (var bits = 1; bits <= MaxBits; bits++)
        {
            places[bits + 1] = places[bits] + _counts[bits];
            codes[bits + 1] = codes[bits] + _counts[bits] << 1;
        }

        Array.Clear(_quick);
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            var length = lengths[symbol];
            if (length == 0) continue;
            _symbols[places[length]++] = (ushort)symbol;
            var code = codes[length]++;
            if (length <= _quickBits) FillQuick(Reverse(code, length), length, symbol);
        }

        return true;
    }

    /// <summary>The symbol that the low bits begin with, and how many bits it took; a length of 0 where no code matches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(ulong bits, out int length)
    {
        var entry = _quick[(int)bits & _quick.Length - 1];
        length = entry & MaxBits;
        return length != 0 ? entry >> 4 : ReadLong(bits, out length);
    }

    private int ReadLong(ulong bits, out int length)
    {
        // Canonical codes: all of one length are consecutive numbers, and follow those that are shorter.
        int code = 0, first = 0, place = 0;
        for (length = 1; length <= MaxBits; length++)
        {
            code |= (int)(bits & 1);
            bits >>= 1;
            var count = _counts[length];
            if (code - first < count) return _symbols[place + code - first];
            place += count;
            first = first + count << 1;
            code <<= 1;
        }

        length = 0;
        return 0;
    }

    private void FillQuick(int reversed, int length, int symbol)
    {
        var entry = (ushort)(symbol << 4 | length);
        for (var at = reversed; at < _quick.Length; at += 1 << length) _quick[at] = entry;
    }

    private static int Reverse(int code, int length)
    {
        var reversed = 0;
        for (; length > 0; length--, code >>= 1) reversed = reversed << 1 | code & 1;
        return reversed;
    }
}
