namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// Reads the continuous .xz stream of one kind of section: headers in the first section, then LZMA2 chunks that the
/// writer flushed at the end of each section, and never an end.
/// </summary>
internal sealed unsafe class LzmaSectionDecompressor(int maxDictionaryBytes) : ISectionDecompressor
{
    private LzmaHistory? _history;
    private LzmaDecoder? _decoder;
    private bool _needsDictionaryReset = true;
    private bool _needsProperties = true;

    /// <summary>Bytes since the dictionary's reset, of which the low bits choose probabilities.</summary>
    private uint _position;

    /// <summary>Where in the current section the dictionary was reset last.</summary>
    private int _dictionaryStart;

    public long NativeBytes => _history == null ? 0 : _history.NativeBytes + LzmaDecoder.NativeBytes;

    public void Decompress(ReadOnlySpan<byte> compressed, Span<byte> section, CancellationToken cancellationToken)
    {
        if (_history == null)
        {
            var declared = XzHeader.Read(ref compressed);
            _history = new LzmaHistory((int)Math.Min(declared, (uint)Math.Max(maxDictionaryBytes, 0)));
            _decoder = new LzmaDecoder(_history);
        }

        _dictionaryStart = 0;
        var at = 0;
        fixed (byte* input = compressed, output = section)
        {
            var read = 0;
            while (at < section.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                DecodeChunk(input, ref read, compressed.Length, output, ref at, section.Length);
            }
            if (read != compressed.Length) throw new InvalidDataException($"{compressed.Length - read} bytes are left over after the LZMA2 chunks");
        }
        _history.Append(section[_dictionaryStart..]);
    }

    public void Dispose()
    {
        _history?.Dispose();
        _decoder?.Dispose();
    }

    private void DecodeChunk(byte* input, ref int read, int inputLength, byte* section, ref int at, int capacity)
    {
        const int StoredHeaderLength = 3, LzmaHeaderLength = 5;
        if (read == inputLength) throw new InvalidDataException("the LZMA2 chunks end too early");
        var control = Lzma2Control.Parse(input[read]);
        if (control.ResetsDictionary)
        {
            _needsDictionaryReset = false;
            _needsProperties = true;
            _history!.Clear();
            _dictionaryStart = at;
            _position = 0;
        }
        else if (_needsDictionaryReset)
        {
            throw new InvalidDataException("the first LZMA2 chunk does not reset the dictionary");
        }

        var headerLength = control.IsStored ? StoredHeaderLength : LzmaHeaderLength + (control.HasProperties ? 1 : 0);
        if (inputLength - read < headerLength) throw new InvalidDataException("an LZMA2 chunk header is cut short");
        var header = input + read;
        read += headerLength;
        var plainLength = (control.PlainLengthHigh << 16) + (header[1] << 8) + header[2] + 1;
        var storedLength = control.IsStored ? plainLength : (header[3] << 8) + header[4] + 1;
        if (plainLength > capacity - at) throw new InvalidDataException("an LZMA2 chunk decodes to more than the section");
        if (storedLength > inputLength - read) throw new InvalidDataException("an LZMA2 chunk is cut short");

        if (control.IsStored)
        {
            Buffer.MemoryCopy(input + read, section + at, capacity - at, plainLength);
        }
        else
        {
            if (control.HasProperties) _decoder!.SetProperties(header[LzmaHeaderLength]);
            else if (_needsProperties) throw new InvalidDataException("an LZMA2 chunk lacks its properties");
            _needsProperties = false;
            if (control.ResetsState) _decoder!.ResetState();
            _decoder!.Decode(input + read, storedLength, section, _dictionaryStart, at, at + plainLength, capacity, _position);
        }
        read += storedLength;
        at += plainLength;
        _position += (uint)plainLength;
    }
}
