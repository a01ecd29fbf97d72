using System.Buffers.Binary;
using System.Collections.Immutable;

namespace DeltaGlider.Deep.Gzip;

/// <summary>The CRC-32 of RFC 1952, eight bytes at a time.</summary>
internal sealed class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly ImmutableArray<uint> Tables = BuildTables();

    private uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> data)
    {
        var t = Tables.AsSpan();
        var crc = _state;
        for (; data.Length >= 8; data = data[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = t[0x700 + (byte)low] ^ t[0x600 + (byte)(low >> 8)] ^ t[0x500 + (byte)(low >> 16)] ^ t[0x400 + (byte)(low >> 24)]
                ^ t[0x300 + (byte)high] ^ t[0x200 + (byte)(high >> 8)] ^ t[0x100 + (byte)(high >> 16)] ^ t[(byte)(high >> 24)];
        }

        foreach (var value in data) crc = t[(byte)(crc ^ value)] ^ crc >> 8;
        _state = crc;
    }

    private static ImmutableArray<uint> BuildTables()
    {
        var tables = new uint[8 * 256];
        for (var value = 0; value < 256; value++)
        {
            var crc = (uint)value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ Polynomial : crc >> 1;
            tables[value] = crc;
        }

        for (var i = 256; i < tables.Length; i++) tables[i] = tables[(byte)tables[i - 256]] ^ tables[i - 256] >> 8;
        return [.. tables];
    }
}
