using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DeltaGlider.Vcdiff.Secondary;

/// <summary>
/// Reads bits as DJW and FGK store them: from the lowest bit of each byte up. Numbers and codes of several bits
/// start with their highest bit.
/// </summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private ulong _bits;
    private int _count;
    private int _at;

    /// <summary>True when no whole byte is left unread.</summary>
    public readonly bool IsAtEnd => _at - (_count >> 3) == _bytes.Length;

    /// <summary>One bit.</summary>
    public uint Bit()
    {
        if (_count == 0) Fill();
        if (_count == 0) ThrowEnd();
        var bit = (uint)_bits & 1;
        Skip(1);
        return bit;
    }

    /// <summary>A number of <paramref name="count"/> bits.</summary>
    public int Number(int count)
    {
        var value = 0;
        for (; count > 0; count--) value = (value << 1) | (int)Bit();
        return value;
    }

    /// <summary>The bits ahead, the next one lowest; zeros where the input has ended. At least 32 of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Peek()
    {
        if (_count < 32) Fill();
        return (uint)_bits;
    }

    /// <summary>Moves past bits that were seen with <see cref="Peek"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        if (count > _count) ThrowEnd();
        _bits >>= count;
        _count -= count;
    }

    private void Fill()
    {
        while (_count <= 56 && _at < _bytes.Length)
        {
            _bits |= (ulong)_bytes[_at++] << _count;
            _count += 8;
        }
    }

    [DoesNotReturn]
    private static void ThrowEnd() => throw new InvalidDataException("its bits end too early");
}
