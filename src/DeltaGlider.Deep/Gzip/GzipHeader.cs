using System.Buffers.Binary;

namespace DeltaGlider.Deep.Gzip;

/// <summary>The bytes before a gzip member's deflate stream (RFC 1952, 2.3): opaque here, but for where they end.</summary>
public sealed record GzipHeader
{
    private const int FixedLength = 10;
    private const byte Deflate = 8;
    private const byte HasCrc = 2;
    private const byte HasExtra = 4;
    private const byte HasName = 8;
    private const byte HasComment = 16;

    private GzipHeader(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>The header as it stands in the file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What <c>gzip</c> writes on Unix when it reads a pipe, as it does for <c>tar czf</c>: no name, no time.</summary>
    public static GzipHeader OfPipe(int level) =>
        new(new byte[] { 0x1f, 0x8b, Deflate, 0, 0, 0, 0, 0, (byte)(level switch { 1 => 4, 9 => 2, _ => 0 }), 3 });

    /// <summary>The header of the member that begins here; null where none does.</summary>
    public static GzipHeader? TryRead(ReadOnlySpan<byte> file)
    {
        if (file.Length < FixedLength || file[0] != 0x1f || file[1] != 0x8b || file[2] != Deflate) return null;
        var flags = file[3];
        var length = FixedLength;
        if ((flags & HasExtra) != 0)
        {
            if (file.Length < length + 2) return null;
            length += 2 + BinaryPrimitives.ReadUInt16LittleEndian(file[length..]);
        }

        if ((flags & HasName) != 0 && !TrySkipText(file, ref length)) return null;
        if ((flags & HasComment) != 0 && !TrySkipText(file, ref length)) return null;
        if ((flags & HasCrc) != 0) length += 2;
        return length <= file.Length ? new GzipHeader(file[..length].ToArray()) : null;
    }

    private static bool TrySkipText(ReadOnlySpan<byte> file, ref int at)
    {
        if (at > file.Length) return false;
        var end = file[at..].IndexOf((byte)0);
        at += end + 1;
        return end >= 0;
    }
}
