namespace DeltaGlider.Vcdiff.Format;

/// <summary>
/// RFC 3284 section 2: unsigned integers in base 128, most significant digit first, the high bit set on
/// every byte but the last.
/// </summary>
internal static class Varint
{
    /// <summary>The most bytes an encoded value of 63 bits takes.</summary>
    public const int MaxLength = 9;

    /// <summary>How many bytes <paramref name="value"/> takes.</summary>
    public static int Length(long value)
    {
        var bits = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)value | 1);
        return (bits + 6) / 7;
    }

    /// <summary>Writes the minimal form of <paramref name="value"/> and returns the bytes used.</summary>
    /// <remarks>Minimal, because xdelta3 refuses leading zero digits.</remarks>
    public static unsafe int Write(byte* destination, long value)
    {
        var length = Length(value);
        var rest = (ulong)value;
        for (var at = length - 1; at >= 0; at--)
        {
            destination[at] = (byte)((rest & 0x7F) | (at == length - 1 ? 0u : 0x80u));
            rest >>= 7;
        }
        return length;
    }

    /// <summary>
    /// Takes one more byte into <paramref name="value"/>. False when the value leaves 63 bits or starts with a
    /// zero digit, so that no reader can be kept busy with padding.
    /// </summary>
    public static bool TryAppend(ref long value, ref int digits, byte next, out bool complete)
    {
        complete = next < 0x80;
        if (digits == 0 && next == 0x80) return false;
        if (value > long.MaxValue >> 7) return false;
        value = (value << 7) | (uint)(next & 0x7F);
        digits++;
        return true;
    }
}
