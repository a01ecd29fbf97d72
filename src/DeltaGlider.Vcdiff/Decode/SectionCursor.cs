using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Vcdiff.Decode;

/// <summary>Reads through one decoded section, never past its end.</summary>
internal unsafe ref struct SectionCursor
{
    private readonly Section _section;
    private readonly byte* _start;
    private readonly byte* _end;
    private readonly int _window;
    private byte* _at;

    public SectionCursor(Section section, int window)
    {
        _section = section;
        _window = window;
        _start = _at = section.Bytes.Pointer;
        _end = _start + section.Bytes.Length;
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
        var offset = _section.IsStored ? _section.Offset + (_at - _start) : _section.Offset;
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
