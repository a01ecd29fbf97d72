using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>Finds four bytes that occurred shortly before: deflated data of little variety repeats its bit patterns.</summary>
internal sealed unsafe class NearRepeats : IDisposable
{
    private const int Bits = 12, MaxDistance = 1 << 14;

    private readonly ushort* _places = (ushort*)NativeMemory.AllocZeroed(1 << Bits, sizeof(ushort));

    /// <summary>Starts a window.</summary>
    public void Clear() => NativeMemory.Clear(_places, sizeof(ushort) << Bits);

    /// <summary>How far back the four bytes at a place were last seen, or 0; takes the place in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(byte* target, int at)
    {
        var four = Unsafe.ReadUnaligned<uint>(target + at);
        if (!BitConverter.IsLittleEndian) four = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(four);
        var slot = _places + (four * 2654435761 >> 32 - Bits);
        // A place is known by its low bits: one from longer ago is taken for a nearer one, and compared.
        int distance = (ushort)(at - *slot);
        *slot = (ushort)at;
        return distance - 1 < MaxDistance && distance - 1 < at && distance > 0 && Unsafe.ReadUnaligned<uint>(target + at - distance) == Unsafe.ReadUnaligned<uint>(target + at)
            ? distance
            : 0;
    }

    public void Dispose() => NativeMemory.Free(_places);
}
