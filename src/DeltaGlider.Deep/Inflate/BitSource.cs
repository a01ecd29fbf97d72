using System.Runtime.CompilerServices;
using DeltaGlider.Vcdiff.Encode;

namespace DeltaGlider.Deep.Inflate;

/// <summary>Deflate's bits, the lowest of each byte first. What lies behind the end reads as zeros, and makes <see cref="Count"/> negative.</summary>
internal unsafe struct BitSource
{
    private readonly byte* _start;
    private readonly byte* _end;
    private byte* _at;

    public BitSource(byte* input, long length)
    {
        _start = _at = input;
        _end = input + length;
    }

    /// <summary>The next bits.</summary>
    public ulong Bits { get; private set; }

    /// <summary>How many of them are there; below zero when more were taken than there were.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of which at least one bit was taken.</summary>
    public readonly long Consumed => _at - _start - Count / 8;

    /// <summary>Sees to it that 56 bits are there, if the input has them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        if (_end - _at < 8 || Count < 0)
        {
            RefillAtEnd();
            return;
        }

        Bits |= SeedHash.Load(_at) << Count;
        _at += (63 - Count) >> 3;
        Count |= 56;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(int count)
    {
        Bits >>= count;
        Count -= count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int count)
    {
        var value = (int)(Bits & (1ul << count) - 1);
        Drop(count);
        return value;
    }

    /// <summary>Goes on to the next whole byte of the input and copies from there. False when there are fewer bytes.</summary>
    public bool TryCopy(byte* to, int count)
    {
        if (Count < 0) return false;
        _at -= Count / 8;
        Bits = 0;
        Count = 0;
        if (count > _end - _at) return false;
        Buffer.MemoryCopy(_at, to, count, count);
        _at += count;
        return true;
    }

    private void RefillAtEnd()
    {
        while (Count is >= 0 and <= 56 && _at < _end)
        {
            Bits |= (ulong)*_at++ << Count;
            Count += 8;
        }
    }
}
