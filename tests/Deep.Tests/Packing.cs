using System.IO.Compression;
using System.Text;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Gzip;

namespace DeltaGlider.Deep.Tests;

/// <summary>Shorthands.</summary>
internal static class Packing
{
    /// <summary>What <c>gzip -n</c> would write, in pieces of <paramref name="piece"/> bytes.</summary>
    public static byte[] Gzip(byte[] content, DeflateParameters parameters, int piece = int.MaxValue)
    {
        using var packed = new MemoryStream();
        packed.Write(GzipHeader.OfPipe(parameters.Level).Bytes.Span);
        using var body = new GzipBodyWriter(parameters, packed);
        foreach (var chunk in content.Chunk(Math.Min(piece, Math.Max(content.Length, 1)))) body.Write(chunk);
        body.Finish();
        return packed.ToArray();
    }

    /// <summary>A bare deflate stream.</summary>
    public static byte[] Deflate(byte[] content, DeflateParameters parameters)
    {
        using var packed = new MemoryStream();
        var encoder = new DeflateEncoder(parameters, packed);
        encoder.Append(content);
        encoder.Finish();
        return packed.ToArray();
    }

    /// <summary>A zip file whose members one encoder packed, without what a reader can do without.</summary>
    public static byte[] ZipOf(IEnumerable<(string Name, byte[] Content)> members, DeflateParameters parameters)
    {
        using var file = new MemoryStream();
        using var directory = new MemoryStream();
        ushort count = 0;
        foreach (var (name, content) in members)
        {
            var deflated = Deflate(content, parameters);
            var crc = new Crc32();
            crc.Append(content);
            var bytes = Encoding.ASCII.GetBytes(name);
            var offset = (uint)file.Position;
            // What the local header and the directory have in common.
            var common = Fields((ushort)20, (ushort)0, (ushort)8, 0u, crc.Value, (uint)deflated.Length, (uint)content.Length, (ushort)bytes.Length, (ushort)0);
            file.Write([.. Fields(0x04034B50u), .. common, .. bytes, .. deflated]);
            directory.Write([.. Fields(0x02014B50u, (ushort)20), .. common, .. Fields((ushort)0, (ushort)0, (ushort)0, 0u, offset), .. bytes]);
            count++;
        }

        var start = (uint)file.Position;
        file.Write([.. directory.ToArray(), .. Fields(0x06054B50u, 0u, count, count, (uint)directory.Length, start, (ushort)0)]);
        return file.ToArray();
    }

    private static byte[] Fields(params object[] values) =>
        [.. values.SelectMany(value => value is ushort small ? BitConverter.GetBytes(small) : BitConverter.GetBytes((uint)value))];

    public static byte[] Gunzip(byte[] packed)
    {
        using var content = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        content.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>Without a dump of megabytes when it fails.</summary>
    public static void AssertSame(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what)
    {
        var same = expected.CommonPrefixLength(actual);
        Assert.True(same == expected.Length && same == actual.Length, $"{what}: {actual.Length} bytes instead of {expected.Length}, the first other one at {same}");
    }
}
