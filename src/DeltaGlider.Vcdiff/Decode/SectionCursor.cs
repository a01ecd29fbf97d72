using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Vcdiff.Decode;

/// <summary>Reads through one decoded section, never past its end.</summary>
internal unsafe ref struct SectionCursor
{
    private readonly byte* _start;
    private readonly byte* _end;
    private readonly long _offset;
    private readonly bool _isStored;
    private readonly int _window;
    private byte* _at;

    public SectionCursor(Section section, int window)
        : this(section.Bytes.Pointer, section.Bytes.Length, section.Offset, section.IsStored, window)
    {
    }

    /// <summary>Reads through bytes that are, or come from, a section at <paramref name="offset"/> of the delta.</summary>
    public SectionCursor(byte* start, int length, long offset, bool isStored, int window)
    {
        _start = _at = start;
        _end = start + length;
        _offset = offset;
        _isStored = isStored;
        _window = window;
    }

    public readonly bool IsAtEnd => _at == _end;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte()
    {
        if (_at == _end) Fail(VcdiffError.Malformed, "The section ends too early");
        return *_at++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadVarint() => _at != _end && *_at < 0x80 ? *_at++ : ReadLongVarint();

    /// <summary>Hands out <paramref name="count"/> bytes and moves past them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Take(long count)
    {
        if (count > _end - _at) Fail(VcdiffError.Malformed, "The section ends too early");
        var taken = _at;
        _at += count;
        return taken;
    }

    /// <summary>Bytes left, so that a caller may read more than it takes.</summary>
    public readonly long Remaining => _end - _at;

    [DoesNotReturn]
    public readonly void Fail(VcdiffError kind, string message)
    {
        var offset = _isStored ? _offset + (_at - _start) : _offset;
        throw new VcdiffException(kind, message + ".", offset, _window);
    }

    private long ReadLongVarint()
    {
        long value = 0;
        var digits = 0;
        while (true)
        {
            if (!Varint.TryAppend(ref value, ref digits, ReadByte(), out var complete))
                Fail(VcdiffError.InvalidInteger, "The integer is too large or padded");
            if (complete) return value;
        }
    }
}
