using System.IO.Compression;
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
