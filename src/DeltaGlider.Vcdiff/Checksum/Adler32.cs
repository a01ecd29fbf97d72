namespace DeltaGlider.Vcdiff.Checksum;

/// <summary>Adler-32 (RFC 1950 section 8.2), the checksum that xdelta3 adds to each window.</summary>
internal static partial class Adler32
{
    /// <summary>The checksum of nothing.</summary>
    public const uint Initial = 1;

    private const uint Modulus = 65521;

    /// <summary>The most bytes whose sums stay below 2^32 without a reduction (RFC 1950 section 9).</summary>
    private const int MaxUnreduced = 5552;

    /// <summary>The checksum of <paramref name="bytes"/> after those that gave <paramref name="checksum"/>.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes, uint checksum = Initial) =>
        IsVectorized && bytes.Length >= 64 ? ComputeVectorized(bytes, checksum) : ComputeScalar(bytes, checksum);

    internal static uint ComputeScalar(ReadOnlySpan<byte> bytes, uint checksum)
    {
        var sum = checksum & 0xFFFF;
        var sums = checksum >> 16;
        while (!bytes.IsEmpty)
        {
            var block = bytes[..Math.Min(bytes.Length, MaxUnreduced)];
            foreach (var value in block)
            {
                sum += value;
                sums += sum;
            }
            sum %= Modulus;
            sums %= Modulus;
            bytes = bytes[block.Length..];
        }
        return sums << 16 | sum;
    }
}
