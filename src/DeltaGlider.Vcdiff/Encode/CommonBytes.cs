using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>How far two stretches of memory are equal, forwards and backwards. Never reads outside them.</summary>
internal static unsafe class CommonBytes
{
    /// <summary>Equal bytes from the start, at most <paramref name="max"/>.</summary>
    public static long Prefix(byte* a, byte* b, long max) =>
        Vector128.IsHardwareAccelerated ? PrefixVectorized(a, b, max) : PrefixScalar(a, b, 0, max);

    /// <summary>Equal bytes before the two ends, at most <paramref name="max"/>.</summary>
    public static long Suffix(byte* aEnd, byte* bEnd, long max)
    {
        long count = 0;
        for (; count + 8 <= max; count += 8)
        {
            var difference = Load(aEnd - count - 8) ^ Load(bEnd - count - 8);
            if (difference != 0)
                return count + (BitConverter.IsLittleEndian
                    ? BitOperations.LeadingZeroCount(difference)
                    : BitOperations.TrailingZeroCount(difference)) / 8;
        }
        while (count < max && aEnd[-count - 1] == bEnd[-count - 1]) count++;
        return count;
    }

    /// <summary>Which of the first <paramref name="count"/> bytes, at most 64, are equal; the lowest bit for the first.</summary>
    public static ulong EqualMask(byte* a, byte* b, int count) =>
        count == 64 && Vector128.IsHardwareAccelerated ? EqualMaskVectorized(a, b) : EqualMaskScalar(a, b, count);

    internal static ulong EqualMaskVectorized(byte* a, byte* b)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return Vector256.Equals(Vector256.Load(a), Vector256.Load(b)).ExtractMostSignificantBits()
                | (ulong)Vector256.Equals(Vector256.Load(a + 32), Vector256.Load(b + 32)).ExtractMostSignificantBits() << 32;
        }
        ulong mask = 0;
        for (var at = 0; at < 64; at += 16)
            mask |= (ulong)Vector128.Equals(Vector128.Load(a + at), Vector128.Load(b + at)).ExtractMostSignificantBits() << at;
        return mask;
    }

    internal static ulong EqualMaskScalar(byte* a, byte* b, int count)
    {
        ulong mask = 0;
        for (var at = 0; at < count; at++)
            if (a[at] == b[at]) mask |= 1ul << at;
        return mask;
    }

    internal static long PrefixVectorized(byte* a, byte* b, long max)
    {
        long count = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; count + 128 <= max; count += 128)
            {
                var difference =
                    (Vector256.Load(a + count) ^ Vector256.Load(b + count)) |
                    (Vector256.Load(a + count + 32) ^ Vector256.Load(b + count + 32)) |
                    (Vector256.Load(a + count + 64) ^ Vector256.Load(b + count + 64)) |
                    (Vector256.Load(a + count + 96) ^ Vector256.Load(b + count + 96));
                if (difference != Vector256<byte>.Zero) break;
            }
        }
        for (; count + 16 <= max; count += 16)
        {
            var equal = Vector128.Equals(Vector128.Load(a + count), Vector128.Load(b + count)).ExtractMostSignificantBits();
            if (equal != 0xFFFF) return count + BitOperations.TrailingZeroCount(~equal);
        }
        return PrefixScalar(a, b, count, max);
    }

    internal static long PrefixScalar(byte* a, byte* b, long count, long max)
    {
        for (; count + 8 <= max; count += 8)
        {
            var difference = Load(a + count) ^ Load(b + count);
            if (difference != 0)
                return count + (BitConverter.IsLittleEndian
                    ? BitOperations.TrailingZeroCount(difference)
                    : BitOperations.LeadingZeroCount(difference)) / 8;
        }
        while (count < max && a[count] == b[count]) count++;
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(byte* at) => Unsafe.ReadUnaligned<ulong>(at);
}
