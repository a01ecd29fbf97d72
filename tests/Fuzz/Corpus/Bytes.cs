namespace DeltaGlider.Fuzz.Corpus;

/// <summary>Integers as VCDIFF writes them.</summary>
internal static class Bytes
{
    public static void AddVarint(List<byte> bytes, long value)
    {
        value &= long.MaxValue;
        var shift = 56;
        while (shift > 0 && value >> shift == 0) shift -= 7;
        for (; shift > 0; shift -= 7) bytes.Add((byte)(0x80 | ((value >> shift) & 0x7F)));
        bytes.Add((byte)(value & 0x7F));
    }

    public static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        AddVarint(bytes, value);
        return [.. bytes];
    }

    /// <summary>Reads one off the front; false where there is none.</summary>
    public static bool TryTakeVarint(ref ReadOnlySpan<byte> bytes, out long value)
    {
        value = 0;
        for (var at = 0; at < Math.Min(bytes.Length, 9); at++)
        {
            value = (value << 7) | (uint)(bytes[at] & 0x7F);
            if (bytes[at] >= 0x80) continue;
            bytes = bytes[(at + 1)..];
            return true;
        }
        return false;
    }
}
