using System.Buffers.Binary;

namespace DeltaGlider.Fuzz.Corpus;

/// <summary>
/// The sections of one kind, in the order in which a decompressor sees them, also as the bytes of one file: for each
/// the plain length and the stored length, four bytes each with the lowest first, and what is stored.
/// </summary>
internal static class SectionStream
{
    public static byte[] ToBytes(IReadOnlyList<SectionModel> sections)
    {
        var bytes = new byte[sections.Sum(section => 8 + section.Stored.Length)];
        var rest = bytes.AsSpan();
        foreach (var section in sections)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, section.PlainLength);
            BinaryPrimitives.WriteInt32LittleEndian(rest[4..], section.Stored.Length);
            section.Stored.CopyTo(rest[8..]);
            rest = rest[(8 + section.Stored.Length)..];
        }
        return bytes;
    }

    /// <summary>Reads as many sections as there are; a length that is too long takes what is left.</summary>
    public static List<SectionModel> Parse(ReadOnlySpan<byte> bytes)
    {
        var sections = new List<SectionModel>();
        while (bytes.Length >= 8)
        {
            var plain = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            var stored = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
            bytes = bytes[8..];
            stored = Math.Clamp(stored, 0, bytes.Length);
            sections.Add(new SectionModel(Math.Max(plain, -1), bytes[..stored].ToArray()));
            bytes = bytes[stored..];
        }
        return sections;
    }
}
