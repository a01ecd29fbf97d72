using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Deep.Coding;

/// <summary>Reads a part of a delta that is in memory, from its start to its end and never beyond.</summary>
internal sealed unsafe class ByteCursor
{
    private readonly byte* _bytes;
    private readonly long _start;
    private readonly int _length;
    private int _at;

    /// <param name="bytes">Memory that outlives the cursor.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <param name="start">Where they stand in the delta.</param>
    public ByteCursor(byte* bytes, int length, long start)
    {
        _bytes = bytes;
        _length = length;
        _start = start;
    }

    public int Left => _length - _at;

    /// <summary>Where in the delta the next byte is.</summary>
    public long Offset => _start + _at;

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left) throw new DeepException("The delta is cut short.", Offset);
        var taken = new ReadOnlySpan<byte>(_bytes + _at, count);
        _at += count;
        return taken;
    }

    /// <summary>The next <paramref name="count"/> bytes as a cursor of their own.</summary>
    public ByteCursor Part(long count)
    {
        if (count > Left) throw new DeepException("The delta is cut short.", Offset);
        var part = new ByteCursor(_bytes + _at, (int)count, Offset);
        _at += (int)count;
        return part;
    }

    public long TakeNumber()
    {
        long value = 0;
        var digits = 0;
        while (true)
        {
            if (!Varint.TryAppend(ref value, ref digits, Take(1)[0], out var complete)) throw new DeepException("A number is too large or not in its shortest form.", Offset);
            if (complete) return value;
        }
    }
}
