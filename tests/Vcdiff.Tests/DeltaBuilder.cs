using System.Buffers.Binary;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Builds deltas by hand, also ones that no encoder would write.</summary>
internal sealed class DeltaBuilder
{
    private readonly List<byte> _bytes = [0xD6, 0xC3, 0xC4, 0x00];

    public DeltaBuilder(byte headerIndicator = 0, params byte[] afterIndicator) => _bytes.AddRange([headerIndicator, .. afterIndicator]);

    public static byte[] Varint(long value)
    {
        var digits = new List<byte> { (byte)(value & 0x7F) };
        for (value >>= 7; value > 0; value >>= 7) digits.Insert(0, (byte)(0x80 | (value & 0x7F)));
        return [.. digits];
    }

    public DeltaBuilder Window(
        long targetLength, byte[] data, byte[] instructions, byte[] addresses,
        byte indicator = 0, long segmentLength = 0, long segmentOffset = 0, byte deltaIndicator = 0, uint? adler = null,
        long? encodingLength = null, long? dataLength = null)
    {
        byte[] body =
        [
            .. Varint(targetLength), deltaIndicator,
            .. Varint(dataLength ?? data.Length), .. Varint(instructions.Length), .. Varint(addresses.Length),
        ];
        if (adler is { } sum)
        {
            var big = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(big, sum);
            body = [.. body, .. big];
            indicator |= 4;
        }
        body = [.. body, .. data, .. instructions, .. addresses];
        _bytes.Add(indicator);
        if ((indicator & 3) != 0) _bytes.AddRange([.. Varint(segmentLength), .. Varint(segmentOffset)]);
        _bytes.AddRange([.. Varint(encodingLength ?? body.Length), .. body]);
        return this;
    }

    public DeltaBuilder Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];
}
