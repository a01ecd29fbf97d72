namespace DeltaGlider.Deep.Deflate;

/// <summary>Sends the lengths of a block's two codes, run-length coded and then Huffman coded (RFC 1951, 3.2.7).</summary>
internal sealed class CodeLengthWriter
{
    private const int Repeat = 16;
    private const int Zeros = 17;
    private const int ManyZeros = 18;

    private readonly HuffmanBuilder _builder = new(HuffmanAlphabet.CodeLengths);
    private readonly List<(byte Symbol, byte Extra)> _runs = [];
    private int _literals;
    private int _distances;
    private int _sent;

    /// <summary>Bits of the whole header, after the block's type.</summary>
    public long HeaderBits => _builder.DynamicBits + _sent * 3 + 5 + 5 + 4;

    public void Prepare(HuffmanBuilder literals, HuffmanBuilder distances)
    {
        _literals = literals.LastSymbol + 1;
        _distances = distances.LastSymbol + 1;
        _runs.Clear();
        // Runs never reach from one code into the other, although the format would allow it.
        AddRuns(literals.Code.Lengths.AsSpan(0, _literals));
        AddRuns(distances.Code.Lengths.AsSpan(0, _distances));

        Array.Clear(_builder.Frequencies);
        foreach (var (symbol, _) in _runs) _builder.Frequencies[symbol]++;
        _builder.Build();
        _sent = DeflateFormat.LengthCodes;
        while (_sent > 4 && _builder.Code.Lengths[DeflateFormat.LengthCodeOrder[_sent - 1]] == 0) _sent--;
    }

    public void Write(BitWriter output)
    {
        output.Write(_literals - DeflateFormat.FirstLengthCode, 5);
        output.Write(_distances - 1, 5);
        output.Write(_sent - 4, 4);
        foreach (var symbol in DeflateFormat.LengthCodeOrder[.._sent]) output.Write(_builder.Code.Lengths[symbol], 3);
        foreach (var (symbol, extra) in _runs)
        {
            _builder.Code.Write(output, symbol);
            if (symbol >= Repeat) output.Write(extra, HuffmanAlphabet.CodeLengths.ExtraBits[symbol]);
        }
    }

    private void AddRuns(ReadOnlySpan<byte> lengths)
    {
        var previous = -1;
        for (var at = 0; at < lengths.Length;)
        {
            int length = lengths[at];
            // A length that was just sent can be repeated up to 6 times, a new one is sent first; zeros go up to 138.
            var longest = length == 0 ? 138 : length == previous ? 6 : 7;
            var count = 1;
            while (count < longest && at + count < lengths.Length && lengths[at + count] == length) count++;
            AddRun(length, count, length == previous);
            previous = length;
            at += count;
        }
    }

    private void AddRun(int length, int count, bool isSent)
    {
        if (length == 0 && count >= 3)
        {
            if (count <= 10) _runs.Add((Zeros, (byte)(count - 3)));
            else _runs.Add((ManyZeros, (byte)(count - 11)));
            return;
        }

        if (length > 0 && count >= (isSent ? 3 : 4))
        {
            if (!isSent)
            {
                _runs.Add(((byte)length, 0));
                count--;
            }

            _runs.Add((Repeat, (byte)(count - 3)));
            return;
        }

        for (; count > 0; count--) _runs.Add(((byte)length, 0));
    }
}
