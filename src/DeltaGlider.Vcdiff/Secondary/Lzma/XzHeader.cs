using System.Buffers.Binary;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>What precedes the LZMA2 chunks of an .xz stream: the stream header and the header of its only block.</summary>
internal static class XzHeader
{
    private const int StreamHeaderLength = 12;
    private const int MaxCheckType = 15;
    private const byte Lzma2Filter = 0x21;

    private static ReadOnlySpan<byte> Magic => [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    /// <summary>Reads both headers off the front of <paramref name="bytes"/> and returns the declared dictionary size.</summary>
    /// <remarks>The check type may be any: the stream never ends, so no check ever comes.</remarks>
    public static uint Read(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < StreamHeaderLength || !bytes.StartsWith(Magic)) throw new InvalidDataException("it does not start as an .xz stream");
        if (bytes[6] != 0 || bytes[7] > MaxCheckType) throw new InvalidDataException("its .xz stream header has unknown flags");
        if (Crc32(bytes.Slice(6, 2)) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]))
            throw new InvalidDataException("its .xz stream header is damaged");
        bytes = bytes[StreamHeaderLength..];

        if (bytes.IsEmpty || bytes[0] == 0) throw new InvalidDataException("its .xz stream has no block");
        var length = (bytes[0] + 1) * 4;
        if (bytes.Length < length) throw new InvalidDataException("it ends within the .xz block header");
        var header = bytes[..(length - 4)];
        if (Crc32(header) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[header.Length..]))
            throw new InvalidDataException("its .xz block header is damaged");
        bytes = bytes[length..];
        return ReadBlockHeader(header[1..]);
    }

    /// <summary>Writes both headers: no check, one filter, a dictionary of at least <paramref name="dictionaryBytes"/>.</summary>
    public static void Write(NativeBuffer output, int dictionaryBytes)
    {
        const byte BlockHeaderLength = 12;
        byte size = 0;
        while (DictionaryBytes(size) < (uint)dictionaryBytes) size++;
        output.Append(Magic);
        AppendWithCrc(output, [0, 0]);
        AppendWithCrc(output, [BlockHeaderLength / 4 - 1, 0, Lzma2Filter, 1, size, 0, 0, 0]);
    }

    private static void AppendWithCrc(NativeBuffer output, ReadOnlySpan<byte> bytes)
    {
        Span<byte> crc = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, Crc32(bytes));
        output.Append(bytes);
        output.Append(crc);
    }

    private static uint DictionaryBytes(byte size) => size == 40 ? uint.MaxValue : (2u | (uint)(size & 1)) << ((size >> 1) + 11);

    private static uint ReadBlockHeader(ReadOnlySpan<byte> header)
    {
        const int FilterCountMask = 0x03, ReservedMask = 0x3C, HasCompressedSize = 0x40, HasUncompressedSize = 0x80;
        var flags = TakeByte(ref header);
        if ((flags & ReservedMask) != 0) throw new InvalidDataException("its .xz block header has unknown flags");
        if ((flags & HasCompressedSize) != 0) _ = TakeVarint(ref header);
        if ((flags & HasUncompressedSize) != 0) _ = TakeVarint(ref header);
        if ((flags & FilterCountMask) != 0) throw new InvalidDataException("its .xz block has filters before LZMA2, which are not supported");

        var filter = TakeVarint(ref header);
        if (filter != Lzma2Filter) throw new InvalidDataException($"its .xz block has filter 0x{filter:X}, which is not supported");
        if (TakeVarint(ref header) != 1) throw new InvalidDataException("its LZMA2 properties have the wrong length");
        var size = TakeByte(ref header);
        if (size > 40) throw new InvalidDataException("its LZMA2 dictionary size is invalid");
        if (header.ContainsAnyExcept((byte)0)) throw new InvalidDataException("its .xz block header is padded with something");
        return DictionaryBytes(size);
    }

    private static byte TakeByte(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) throw new InvalidDataException("its .xz block header is too short");
        var value = bytes[0];
        bytes = bytes[1..];
        return value;
    }

    /// <summary>The integers of .xz are base 128 too, but start with the least significant digit.</summary>
    private static ulong TakeVarint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = TakeByte(ref bytes);
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw new InvalidDataException("its .xz block header has an integer that is too large");
    }

    /// <summary>CRC-32 of a handful of bytes; a table would be slower to build than this is to run.</summary>
    internal static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
        }
        return ~crc;
    }
}
