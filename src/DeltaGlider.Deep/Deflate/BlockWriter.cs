namespace DeltaGlider.Deep.Deflate;

/// <summary>Collects literals and matches, decides when a block ends, and writes it in its cheapest form.</summary>
internal sealed class BlockWriter
{
    private const int EarlyEndMask = 0xfff;

    private readonly DeflateWindow _window;
    private readonly BitWriter _output;
    private readonly byte[] _values; // literals, or lengths less 3
    private readonly ushort[] _distances; // 0 for a literal
    private readonly HuffmanBuilder _literals = new(HuffmanAlphabet.Literals);
    private readonly HuffmanBuilder _matches = new(HuffmanAlphabet.Distances);
    private readonly CodeLengthWriter _lengths = new();
    private readonly HuffmanCode _staticLiterals = HuffmanCode.StaticLiterals();
    private readonly HuffmanCode _staticDistances = HuffmanCode.StaticDistances();
    private readonly bool _endsEarly;
    private int _count;
    private int _matchCount;

    public BlockWriter(DeflateWindow window, BitWriter output, DeflateParameters parameters)
    {
        _window = window;
        _output = output;
        _values = new byte[parameters.BlockSymbols];
        _distances = new ushort[parameters.BlockSymbols];
        _endsEarly = parameters.EndsBlocksEarly;
        Clear();
    }

    /// <summary>Appends a literal; true when the block should be flushed.</summary>
    public bool Literal(byte value)
    {
        _literals.Frequencies[value]++;
        return Append(value, 0);
    }

    /// <summary>Appends a match; true when the block should be flushed.</summary>
    public bool Match(int distance, int length)
    {
        length -= DeflateFormat.MinMatch;
        _literals.Frequencies[DeflateFormat.FirstLengthCode + DeflateFormat.LengthCode(length)]++;
        _matches.Frequencies[DeflateFormat.DistanceCode(distance - 1)]++;
        _matchCount++;
        return Append((byte)length, distance);
    }

    /// <summary>Writes the block, which reaches up to the window's position, and begins the next one there.</summary>
    public void Flush(bool isLast)
    {
        _literals.Build();
        _matches.Build();
        _lengths.Prepare(_literals, _matches);
        var dynamicBytes = _literals.DynamicBits + _matches.DynamicBits + _lengths.HeaderBits + 3 + 7 >> 3;
        var staticBytes = _literals.StaticBits + _matches.StaticBits + 3 + 7 >> 3;
        var storedLength = _window.Position - _window.BlockStart;
        if (storedLength + 4 <= Math.Min(dynamicBytes, staticBytes) && _window.BlockStart >= 0)
        {
            BeginBlock(0, isLast);
            WriteStored(storedLength);
        }
        else if (staticBytes <= dynamicBytes)
        {
            BeginBlock(1, isLast);
            WriteSymbols(_staticLiterals, _staticDistances);
        }
        else
        {
            BeginBlock(2, isLast);
            _lengths.Write(_output);
            WriteSymbols(_literals.Code, _matches.Code);
        }

        _output.Drain();
        _window.BlockStart = _window.Position;
        Clear();
    }

    /// <summary>Writes what there is as a block, if there is anything.</summary>
    public void FlushRest()
    {
        if (_count > 0) Flush(isLast: false);
    }

    /// <summary>Writes an empty stored block, so that a reader has everything up to here.</summary>
    public void Mark()
    {
        BeginBlock(0, isLast: false);
        WriteStored(0);
        _output.Drain();
    }

    private bool Append(byte value, int distance)
    {
        _values[_count] = value;
        _distances[_count] = (ushort)distance;
        _count++;
        return (_endsEarly && (_count & EarlyEndMask) == 0 && DoesWell()) || _count == _values.Length;
    }

    /// <summary>A block of mostly literals that halves its input anyway: better ended before that changes.</summary>
    private bool DoesWell()
    {
        // A rough guess: a byte for each symbol, and what the distances cost.
        var bits = _count * 8L;
        for (var code = 0; code < DeflateFormat.DistanceCodes; code++)
            bits += _matches.Frequencies[code] * (5L + DeflateFormat.DistanceExtraBits(code));
        long input = _window.Position - _window.BlockStart;
        return _matchCount < _count / 2 && bits >> 3 < input / 2;
    }

    private void BeginBlock(int type, bool isLast) => _output.Write(type << 1 | (isLast ? 1 : 0), 3);

    private void WriteStored(int length)
    {
        _output.Align();
        _output.Write(length, 16);
        _output.Write(~length & 0xffff, 16);
        _output.Align();
        _output.Write(_window.Slice(_window.BlockStart, length));
    }

    private void WriteSymbols(HuffmanCode literals, HuffmanCode distances)
    {
        for (var i = 0; i < _count; i++)
        {
            int value = _values[i];
            if (_distances[i] == 0)
            {
                literals.Write(_output, value);
                continue;
            }

            var code = DeflateFormat.LengthCode(value);
            literals.Write(_output, DeflateFormat.FirstLengthCode + code);
            _output.Write(value - DeflateFormat.LengthBase(code), DeflateFormat.LengthExtraBits(code));
            var distance = _distances[i] - 1;
            code = DeflateFormat.DistanceCode(distance);
            distances.Write(_output, code);
            _output.Write(distance - DeflateFormat.DistanceBase(code), DeflateFormat.DistanceExtraBits(code));
        }

        literals.Write(_output, DeflateFormat.EndOfBlock);
    }

    private void Clear()
    {
        _count = 0;
        _matchCount = 0;
        Array.Clear(_literals.Frequencies);
        Array.Clear(_matches.Frequencies);
        _literals.Frequencies[DeflateFormat.EndOfBlock] = 1;
    }
}
