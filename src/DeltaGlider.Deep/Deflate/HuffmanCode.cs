namespace DeltaGlider.Deep.Deflate;

/// <summary>Lengths and codes of one alphabet's symbols.</summary>
internal sealed class HuffmanCode
{
    private readonly ushort[] _codes;

    public HuffmanCode(int size)
    {
        Lengths = new byte[size];
        _codes = new ushort[size];
    }

    /// <summary>The static literal and length code.</summary>
    public static HuffmanCode StaticLiterals() => Of(HuffmanAlphabet.Literals);

    /// <summary>The static distance code.</summary>
    public static HuffmanCode StaticDistances() => Of(HuffmanAlphabet.Distances);

    /// <summary>Bits of each symbol's code; 0 for a symbol that does not occur.</summary>
    public byte[] Lengths { get; }

    /// <summary>Gives the symbols their codes, from their lengths (RFC 1951, 3.2.2).</summary>
    public void AssignCodes()
    {
        Span<int> next = stackalloc int[17];
        foreach (var length in Lengths) next[length + 1]++;
        next[1] = 0;
        for (var bits = 1; bits < next.Length; bits++) next[bits] = next[bits - 1] + next[bits] << 1;
        for (var symbol = 0; symbol < Lengths.Length; symbol++)
        {
            var length = Lengths[symbol];
            if (length > 0) _codes[symbol] = Reverse(next[length]++, length);
        }
    }

    public void Write(BitWriter output, int symbol) => output.Write(_codes[symbol], Lengths[symbol]);

    private static HuffmanCode Of(HuffmanAlphabet alphabet)
    {
        var code = new HuffmanCode(alphabet.StaticBits.Length);
        alphabet.StaticBits.CopyTo(code.Lengths);
        code.AssignCodes();
        return code;
    }

    private static ushort Reverse(int code, int length)
    {
        var reversed = 0;
        for (; length > 0; length--, code >>= 1) reversed = reversed << 1 | code & 1;
        return (ushort)reversed;
    }
}
