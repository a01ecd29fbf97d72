using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Multiplicative hashes of a few bytes; the quality is in the high bits. The same on every platform, because
/// the delta must be.
/// </summary>
internal static unsafe class SeedHash
{
    /// <summary>The bytes that <see cref="Of32"/> looks at.</summary>
    public const int LongSeed = 32;

    private const ulong K1 = 0x9E3779B97F4A7C15, K2 = 0xC2B2AE3D27D4EB4F, K3 = 0x165667B19E3779F9, K4 = 0xD6E8FEB86659FD93;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of32(byte* at)
    {
        // Rotations keep the top bytes of each word, which a product moves out of the number, in play.
        var low = Load(at) * K1 + ulong.RotateRight(Load(at + 8), 29) * K2;
        var high = ulong.RotateRight(Load(at + 16), 17) * K3 + ulong.RotateRight(Load(at + 24), 41) * K4;
        var mixed = low ^ ulong.RotateRight(high, 32);
        return (mixed ^ mixed >> 29) * K2;
    }

    /// <summary>The hash of the first <paramref name="count"/> (up to 8) bytes; reads 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint OfShort(ulong eight, int count, int bits) => (uint)((eight << 64 - 8 * count) * K1 >> 64 - bits);

    /// <summary>Eight bytes in little-endian order on every platform.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* at)
    {
        var value = Unsafe.ReadUnaligned<ulong>(at);
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }
}
