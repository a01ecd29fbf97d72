using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeltaGlider.Vcdiff.Checksum;

internal static partial class Adler32
{
    /// <summary>Whether <see cref="ComputeVectorized"/> is worth calling here.</summary>
    internal static bool IsVectorized => Vector128.IsHardwareAccelerated;

    /// <summary>
    /// Per block of V bytes b0..bV-1: sum grows by their total, sums by V times the old sum and by
    /// V*b0 + (V-1)*b1 + ... + bV-1. The old sums are added up as they go and multiplied by V at the end.
    /// </summary>
    internal static uint ComputeVectorized(ReadOnlySpan<byte> bytes, uint checksum)
    {
        var sum = checksum & 0xFFFF;
        var sums = checksum >> 16;
        const int Chunk = MaxUnreduced / 32 * 32;
        while (bytes.Length >= 32)
        {
            var block = bytes[..(Math.Min(bytes.Length, Chunk) / 32 * 32)];
            sums += sum * (uint)block.Length;
            if (Avx2.IsSupported) AddAvx2(block, ref sum, ref sums);
            else AddPortable(block, ref sum, ref sums);
            sum %= Modulus;
            sums %= Modulus;
            bytes = bytes[block.Length..];
        }
        return ComputeScalar(bytes, sums << 16 | sum);
    }

    private static void AddAvx2(ReadOnlySpan<byte> block, ref uint sum, ref uint sums)
    {
        var weights = Vector256.Create(
            (sbyte)32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17,
            16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
        var total = Vector256<uint>.Zero;
        var before = Vector256<uint>.Zero;
        var weighted = Vector256<int>.Zero;
        ref var start = ref MemoryMarshal.GetReference(block);
        for (var at = 0; at < block.Length; at += 32)
        {
            var data = Vector256.LoadUnsafe(ref start, (nuint)at);
            before += total;
            total += Avx2.SumAbsoluteDifferences(data, Vector256<byte>.Zero).AsUInt32();
            weighted += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(data, weights), Vector256<short>.One);
        }
        sum += Vector256.Sum(total);
        sums += Vector256.Sum(before) * 32 + (uint)Vector256.Sum(weighted);
    }

    private static void AddPortable(ReadOnlySpan<byte> block, ref uint sum, ref uint sums)
    {
        var total = Vector128<uint>.Zero;
        var before = Vector128<uint>.Zero;
        var weighted = Vector128<uint>.Zero;
        var high = Vector128.Create((ushort)16, 15, 14, 13, 12, 11, 10, 9);
        var low = Vector128.Create((ushort)8, 7, 6, 5, 4, 3, 2, 1);
        ref var start = ref MemoryMarshal.GetReference(block);
        for (var at = 0; at < block.Length; at += 16)
        {
            var (first, second) = Vector128.Widen(Vector128.LoadUnsafe(ref start, (nuint)at));
            before += total;
            total += WidenAndAdd(first + second);
            weighted += WidenAndAdd(first * high + second * low);
        }
        sum += Vector128.Sum(total);
        sums += Vector128.Sum(before) * 16 + Vector128.Sum(weighted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> WidenAndAdd(Vector128<ushort> values)
    {
        var (low, high) = Vector128.Widen(values);
        return low + high;
    }
}
