using System.Buffers.Binary;
using System.IO.Compression;
using DeltaGlider.Deep.Gzip;

namespace DeltaGlider.Benchmarks.Deflate;

/// <summary>A deflate stream of a real archive, and what it holds.</summary>
internal sealed record PackedStream(ReadOnlyMemory<byte> Deflated, MemoryStream Content)
{
    private const int GzipTrailer = 8;
    private const int EndLength = 22;
    private const int DeflateMethod = 8;

    /// <summary>The deflated members of a zip file, or the only member of a gzip file. Files without errors are expected.</summary>
    public static IEnumerable<PackedStream> Of(byte[] file) =>
        GzipHeader.TryRead(file) is { } header ? [Of(file.AsMemory(header.Bytes.Length..^GzipTrailer))] : OfZip(file);

    private static IEnumerable<PackedStream> OfZip(byte[] file)
    {
        var end = file.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || end > file.Length - EndLength) yield break;
        var at = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(end + 16));
        for (int left = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(end + 10)); left > 0; left--)
        {
            var method = Short(file, at + 10);
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 20));
            var local = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 42));
            at += 46 + Short(file, at + 28) + Short(file, at + 30) + Short(file, at + 32);
            var start = local + 30 + Short(file, local + 26) + Short(file, local + 28);
            if (method == DeflateMethod) yield return Of(file.AsMemory(start, length));
        }
    }

    private static PackedStream Of(ReadOnlyMemory<byte> deflated)
    {
        var content = new MemoryStream();
        using (var inflater = new DeflateStream(new MemoryStream(deflated.ToArray()), CompressionMode.Decompress)) inflater.CopyTo(content);
        return new PackedStream(deflated, content);
    }

    private static int Short(byte[] file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
}
