using System.Buffers.Binary;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Fuzz.Mutation;

/// <summary>Changes the LZMA2 chunks of a section, or the headers of its .xz stream with checksums to match.</summary>
internal static class LzmaMutator
{
    private const int StreamHeader = 12;

    public static byte[] Mutate(byte[] section, FuzzRandom random)
    {
        var bytes = (byte[])section.Clone();
        var first = 0;
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z']) && bytes.Length > StreamHeader + 8)
        {
            first = StreamHeader + ((bytes[StreamHeader] + 1) * 4);
            if (random.OneIn(5)) return ChangeHeaders(bytes, Math.Min(first, bytes.Length), random);
        }
        var chunks = ChunksOf(bytes, first);
        if (chunks.Count == 0) return ByteMutator.Mutate(bytes, [], random);
        var at = random.Pick(chunks);
        switch (random.Next(7))
        {
            case 0: bytes[at] = random.OneIn(3) ? random.Byte() : random.Pick<byte>([0, 1, 2, 3, 0x7F, 0x80, 0xA0, 0xC0, 0xE0, 0xFF]); break;
            case 1: bytes[at + 1 + random.Next(Math.Min(5, bytes.Length - at - 1))] = random.Byte(); break;
            case 2: bytes[at] = (byte)((bytes[at] & 0x1F) | (random.Next(4, 8) << 5)); break;
            case 3: return [.. bytes[..at], .. bytes[random.Pick(chunks)..]];
            case 4: return bytes[..at];
            default:
                // Within the range coder's bytes: a damaged symbol, after which anything may come.
                var body = Math.Min(at + 6, bytes.Length - 1);
                for (var changes = 1 + random.Skewed(4); changes > 0; changes--) bytes[body + random.Next(bytes.Length - body)] ^= (byte)(1 << random.Next(8));
                break;
        }
        return bytes;
    }

    private static byte[] ChangeHeaders(byte[] bytes, int end, FuzzRandom random)
    {
        if (random.OneIn(3)) bytes[7] = random.Byte();
        else bytes[StreamHeader + 1 + random.Next(Math.Max(1, end - StreamHeader - 5))] = random.OneIn(2) ? random.Byte() : random.Pick<byte>([0, 1, 0x21, 0x40, 0x80, 39, 40, 41]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), XzHeader.Crc32(bytes.AsSpan(6, 2)));
        if (end - StreamHeader >= 8)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(end - 4), XzHeader.Crc32(bytes.AsSpan(StreamHeader, end - 4 - StreamHeader)));
        return bytes;
    }

    private static List<int> ChunksOf(byte[] bytes, int at)
    {
        var chunks = new List<int>();
        while (at + 6 < bytes.Length)
        {
            chunks.Add(at);
            var control = bytes[at];
            var plain = ((control & 0x1F) << 16) + (bytes[at + 1] << 8) + bytes[at + 2] + 1;
            at += control < 0x80 ? 3 + (plain & 0xFFFF) : (control >= 0xC0 ? 6 : 5) + (bytes[at + 3] << 8) + bytes[at + 4] + 1;
        }
        return chunks;
    }
}
