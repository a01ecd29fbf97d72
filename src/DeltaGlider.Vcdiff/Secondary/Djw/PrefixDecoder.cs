namespace DeltaGlider.Vcdiff.Secondary.Djw;

/// <summary>Decodes one canonical prefix code: shorter codes come first, and symbols in order among equal lengths.</summary>
internal sealed class PrefixDecoder
{
    /// <summary>The longest code that DJW uses.</summary>
    public const int MaxLength = 20;

    /// <summary>Codes up to this length are looked up at once; longer ones are rare.</summary>
    private const int TableBits = 10;

    private const int TableMask = (1 << TableBits) - 1;

    /// <summary>By the next bits: the symbol and, above it, the length of its code; 0 for a longer code or none.</summary>
    private readonly ushort[] _table = new ushort[1 << TableBits];

    private readonly byte[] _symbols;

    /// <summary>By length: the first code, how many there are, and where their symbols start.</summary>
    private readonly int[] _first = new int[MaxLength + 1];
    private readonly int[] _count = new int[MaxLength + 1];
    private readonly int[] _start = new int[MaxLength + 1];

    /// <summary>A decoder for symbols with these code lengths; 0 for a symbol that does not occur.</summary>
    public PrefixDecoder(ReadOnlySpan<byte> lengths)
    {
        _symbols = new byte[lengths.Length];
        foreach (var length in lengths) _count[length]++;
        _count[0] = 0;

        int code = 0, used = 0;
        for (var length = 1; length <= MaxLength; length++)
        {
            code <<= 1;
            _first[length] = code;
            _start[length] = used;
            code += _count[length];
            used += _count[length];
            if (code > 1 << length) throw new InvalidDataException("it has code lengths that no prefix code has");
        }
        if (used == 0) throw new InvalidDataException("it has a code without symbols");

        Span<int> next = stackalloc int[MaxLength + 1];
        _start.CopyTo(next);
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0) continue;
            var place = next[length]++;
            _symbols[place] = (byte)symbol;
            if (length <= TableBits) Enter(symbol, length, _first[length] + place - _start[length]);
        }
    }

    /// <summary>Reads one symbol.</summary>
    public int Read(ref BitReader bits)
    {
        var ahead = bits.Peek();
        int entry = _table[ahead & TableMask];
        if (entry == 0) return ReadLong(ref bits, ahead);
        bits.Skip(entry >> 8);
        return entry & 0xFF;
    }

    private int ReadLong(ref BitReader bits, uint ahead)
    {
        var code = 0;
        for (var length = 1; length <= MaxLength; length++)
        {
            code = (code << 1) | (int)(ahead & 1);
            ahead >>= 1;
            var place = code - _first[length];
            if (place < 0 || place >= _count[length]) continue;
            bits.Skip(length);
            return _symbols[_start[length] + place];
        }
        throw new InvalidDataException("it has a code that stands for nothing");
    }

    /// <summary>Codes start with their highest bit, the table's index with its lowest.</summary>
    private void Enter(int symbol, int length, int code)
    {
        var index = 0;
        for (var bit = 0; bit < length; bit++) index |= ((code >> bit) & 1) << (length - 1 - bit);
        for (; index <= TableMask; index += 1 << length) _table[index] = (ushort)(length << 8 | symbol);
    }
}
