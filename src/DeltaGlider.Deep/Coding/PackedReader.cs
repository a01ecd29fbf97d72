using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Deep.Coding;

/// <summary>Reads what <see cref="PackedWriter"/> wrote, piece by piece; nothing it reads is trusted.</summary>
internal sealed unsafe class PackedReader : IDisposable
{
    private readonly ByteCursor _stored;
    private readonly LzmaSectionDecompressor _decompressor = new(PackedWriter.DictionaryBytes);
    private readonly NativeBuffer _chunks = new();
    private readonly NativeBuffer _piece = new();
    private readonly CancellationToken _cancellationToken;
    private long _left;
    private int _at;
    private bool _hasStarted;

    /// <param name="stored">The stored bytes, all of them and nothing else.</param>
    /// <param name="plainLength">How many bytes they unpack to.</param>
    /// <param name="cancellationToken">Ends every call.</param>
    public PackedReader(ByteCursor stored, long plainLength, CancellationToken cancellationToken)
    {
        _stored = stored;
        _left = plainLength;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Bytes that are still to come.</summary>
    public long Left => _left + _piece.Length - _at;

    /// <summary>Where the piece that is being read stands in the delta.</summary>
    public long Offset => _stored.Offset;

    /// <summary>The next bytes: at least one, at most <paramref name="most"/>, which must not be more than are left.</summary>
    public ReadOnlySpan<byte> Take(long most)
    {
        if (_at == _piece.Length) NextPiece();
        var count = (int)Math.Min(most, _piece.Length - _at);
        var taken = _piece.Span.Slice(_at, count);
        _at += count;
        return taken;
    }

    public byte TakeByte() => Take(1)[0];

    /// <summary>An integer as <see cref="NativeBuffer.AppendVarint"/> writes it.</summary>
    public long TakeNumber()
    {
        long value = 0;
        var digits = 0;
        while (true)
        {
            if (!Vcdiff.Format.Varint.TryAppend(ref value, ref digits, TakeByte(), out var complete)) throw new DeepException("A number is too large or not in its shortest form.", Offset);
            if (complete) return value;
        }
    }

    /// <summary>A number of either sign: 0, -1, 1, -2, …</summary>
    public long TakeSigned()
    {
        var value = TakeNumber();
        return (value >> 1) ^ -(value & 1);
    }

    /// <exception cref="DeepException">Something is left.</exception>
    public void ThrowIfLeft(string what)
    {
        if (Left > 0 || _stored.Left > 0) throw new DeepException($"The {what} go on behind their end.", Offset);
    }

    public void Dispose()
    {
        _decompressor.Dispose();
        _chunks.Dispose();
        _piece.Dispose();
    }

    private void NextPiece()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_left == 0) throw new DeepException("A part of the delta is shorter than another part needs it to be.", Offset);
        var length = (int)Math.Min(_left, PackedWriter.Piece);
        var stored = _stored.TakeNumber();
        if (stored == 0)
        {
            if (length > _stored.Left) throw new DeepException("A piece is cut short.", Offset);
            _piece.Resize(length);
            _stored.Take(length).CopyTo(_piece.Span);
            // Its writer forgot what it had learned; the next chunks say so too.
        }
        else
        {
            if (stored > _stored.Left) throw new DeepException("A piece is cut short.", Offset);
            Unpack((int)stored, length);
        }

        _left -= length;
        _at = 0;
    }

    private void Unpack(int stored, int length)
    {
        _chunks.Length = 0;
        // The headers are always the same, so no delta has them.
        if (!_hasStarted) XzHeader.Write(_chunks, PackedWriter.DictionaryBytes);
        _hasStarted = true;
        var offset = Offset;
        _chunks.Append(_stored.Take(stored));
        _piece.Resize(length);
        try
        {
            _decompressor.Decompress(_chunks.Span, _piece.Span, _cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new DeepException($"A piece cannot be unpacked: {e.Message}.", offset, e);
        }
    }
}
