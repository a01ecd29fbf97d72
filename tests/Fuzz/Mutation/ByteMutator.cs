using DeltaGlider.Fuzz.Corpus;

namespace DeltaGlider.Fuzz.Mutation;

/// <summary>Changes bytes without knowing what they mean.</summary>
internal static class ByteMutator
{
    /// <summary>A changed copy; <paramref name="other"/> lends bytes to splice in.</summary>
    public static byte[] Mutate(byte[] bytes, byte[] other, FuzzRandom random)
    {
        for (var changes = 1 + random.Skewed(8); changes > 0; changes--) bytes = Once(bytes, other, random);
        return bytes;
    }

    private static byte[] Once(byte[] bytes, byte[] other, FuzzRandom random)
    {
        var at = random.OneIn(3) ? random.Next(Math.Min(bytes.Length, 40)) : random.Next(bytes.Length);
        var size = Math.Min(1 + random.Skewed(64), bytes.Length - at);
        switch (random.Next(bytes.Length == 0 ? 2 : 12))
        {
            case 0: return Replace(bytes, at, 0, random.Bytes(1 + random.Skewed(12)));
            case 1: return Replace(bytes, at, 0, Bytes.Varint(random.Interesting(bytes.Length)));
            case 2: return Replace(bytes, at, size, []);
            case 3: return Set(bytes, at, (byte)(bytes[at] ^ (1 << random.Next(8))));
            case 4: return Set(bytes, at, random.Byte());
            case 5: return Set(bytes, at, random.Pick<byte>([0, 1, 0x7F, 0x80, 0xFE, 0xFF]));
            case 6: return Set(bytes, at, (byte)(bytes[at] + random.Next(-4, 5)));
            case 7: return Replace(bytes, at, Math.Min(size, 9), Bytes.Varint(random.Interesting(bytes.Length)));
            case 8: return bytes[..at];
            case 9: return Replace(bytes, random.Next(bytes.Length), 0, bytes[at..(at + size)]);
            case 10:
                var from = random.Next(other.Length);
                return Replace(bytes, at, random.OneIn(2) ? size : 0, other[from..(from + Math.Min(1 + random.Skewed(400), other.Length - from))]);
            default:
                // Two stretches change places.
                var middle = at + (size / 2);
                return [.. bytes[..at], .. bytes[middle..(at + size)], .. bytes[at..middle], .. bytes[(at + size)..]];
        }
    }

    private static byte[] Set(byte[] bytes, int at, byte value)
    {
        var copy = (byte[])bytes.Clone();
        copy[at] = value;
        return copy;
    }

    private static byte[] Replace(byte[] bytes, int at, int count, byte[] with)
    {
        var result = new byte[bytes.Length - count + with.Length];
        bytes.AsSpan(0, at).CopyTo(result);
        with.CopyTo(result, at);
        bytes.AsSpan(at + count).CopyTo(result.AsSpan(at + with.Length));
        return result;
    }
}
