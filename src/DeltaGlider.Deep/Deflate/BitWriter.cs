using System.Buffers.Binary;

namespace DeltaGlider.Deep.Deflate;

/// <summary>Packs codes into bytes, lowest bit first.</summary>
internal sealed class BitWriter
{
    private readonly Stream _output;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _filled;
    private ulong _bits;
    private int _count;
    private long _drained;

    public BitWriter(Stream output) => _output = output;

    /// <summary>Bytes written so far, a last incomplete one not counted.</summary>
    public long WholeBytes => _drained + _filled + (_count >> 3);

    /// <summary>Appends the lowest <paramref name="count"/> (at most 16) bits.</summary>
    public void Write(int value, int count)
    {
        _bits |= (ulong)(uint)value << _count;
        _count += count;
        if (_count < 32) return;
        if (_filled > _buffer.Length - 4) Drain();
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_filled), (uint)_bits);
        _filled += 4;
        _bits >>= 32;
        _count -= 32;
    }

    /// <summary>Fills the last byte up with zeros.</summary>
    public void Align()
    {
        for (; _count > 0; _count -= 8)
        {
            if (_filled == _buffer.Length) Drain();
            _buffer[_filled++] = (byte)_bits;
            _bits >>= 8;
        }

        _count = 0;
    }

    /// <summary>Appends whole bytes; the writer must be aligned.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Drain();
        _output.Write(bytes);
        _drained += bytes.Length;
    }

    /// <summary>Hands everything aligned to the output.</summary>
    public void Drain()
    {
        if (_filled > 0) _output.Write(_buffer, 0, _filled);
        _drained += _filled;
        _filled = 0;
    }
}
