using System.Buffers.Binary;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.Cache;

/// <summary>
/// A reference at rest, encrypted:
/// <code>
/// offset  bytes
/// 0       8     "DGREF", 0, 0, format 1
/// 8       8     n, the length of the reference, big-endian
/// 16      ...   max(1, ceil(n / 1 MiB)) tokens, one per MiB of the reference, the last one of what is left
/// </code>
/// Each token is Fernet's (<see cref="FernetKey"/>). Signed along in front of it, and not stored, are the same 8 bytes, the
/// SHA-256 of the reference, n, and the token's number (8 bytes, big-endian). So a token is good at one place of one
/// entry only: none can be changed, swapped, left out, repeated or taken from another entry, and neither can the length.
/// The file's own length follows from n and is compared first. No Fernet token made for another purpose, and none made
/// here, can be taken for one of the other kind: theirs begin with 0x80.
/// </summary>
internal static class EntryFormat
{
    public const int HeaderLength = 16;
    public const int ChunkLength = 1 << 20;
    public const int ContextLength = MagicLength + HashLength + 8 + 8;

    private const int MagicLength = 8;
    private const int HashLength = 32;

    private static ReadOnlySpan<byte> Magic => "DGREF\0\0\u0001"u8;

    /// <summary>How many chunks a reference has; an empty one has one, which proves that it is empty.</summary>
    public static long ChunkCount(long length) => length == 0 ? 1 : ((length - 1) / ChunkLength) + 1;

    /// <summary>How many bytes of the reference a chunk holds.</summary>
    public static int PlainLength(long length, long index) => (int)Math.Min(length - (index * ChunkLength), ChunkLength);

    /// <summary>How long the whole entry is.</summary>
    public static long EntryLength(long length)
    {
        var whole = ChunkCount(length) - 1;
        return HeaderLength + (whole * FernetKey.TokenLength(ChunkLength)) + FernetKey.TokenLength(PlainLength(length, whole));
    }

    public static void WriteHeader(Span<byte> header, long length)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt64BigEndian(header[MagicLength..], length);
    }

    /// <summary>Reads the length; false for what is no entry, or not one of <paramref name="entryLength"/> bytes.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> header, long entryLength, out long length)
    {
        length = BinaryPrimitives.ReadInt64BigEndian(header[MagicLength..]);
        return header.StartsWith(Magic) && length >= 0 && length <= entryLength && EntryLength(length) == entryLength;
    }

    /// <summary>Writes what is signed along with every chunk of an entry; <see cref="SetIndex"/> completes it.</summary>
    public static void WriteContext(Span<byte> context, Sha256Digest sha256, long length)
    {
        Magic.CopyTo(context);
        Convert.FromHexString(sha256.Hex).CopyTo(context[MagicLength..]);
        BinaryPrimitives.WriteInt64BigEndian(context[(MagicLength + HashLength)..], length);
    }

    public static void SetIndex(Span<byte> context, long index) =>
        BinaryPrimitives.WriteInt64BigEndian(context[(ContextLength - 8)..], index);
}
