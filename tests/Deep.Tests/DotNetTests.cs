using System.IO.Compression;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.TestKit;

namespace DeltaGlider.Deep.Tests;

/// <summary>The emulation against the zlib-ng that this runtime comes with.</summary>
public class DotNetTests
{
    private const int Piece = 131_072;

    [Fact]
    public void Content_that_is_copied_comes_out_as_the_real_one()
    {
        DemandNextGeneration();
        foreach (var content in Contents()) AssertSame(content, Piece, DeflateParameters.DotNet());
    }

    [Fact]
    public void Content_that_is_written_at_once_comes_out_as_the_real_one()
    {
        DemandNextGeneration();
        foreach (var content in Contents()) AssertSame(content, int.MaxValue, DeflateParameters.DotNet(DotNetWriting.Whole));
    }

    [Fact]
    public void A_flush_before_the_end_comes_out_as_the_real_one()
    {
        DemandNextGeneration();
        foreach (var content in Contents()) AssertSame(content, Piece, DeflateParameters.DotNet().Flushed());
    }

    [Fact]
    public void Programs_come_out_as_the_real_ones()
    {
        DemandNextGeneration();
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        foreach (var name in new[] { "System.Private.CoreLib.dll", "System.Linq.dll", "System.Private.Xml.dll" })
            AssertSame(File.ReadAllBytes(Path.Combine(runtime, name)), Piece, DeflateParameters.DotNet());
    }

    private static IEnumerable<byte[]> Contents()
    {
        foreach (var kind in Samples.Kinds)
        {
            // The last ones end where the window moves with less than a full one behind it.
            foreach (var size in new[] { 1, 3, 300, 98_100, 131_072, 300_000, 65_512, 65_300, 98_050 })
                yield return Samples.Of(kind, size);
        }
    }

    private static void AssertSame(byte[] content, int piece, DeflateParameters parameters)
    {
        using var expected = new MemoryStream();
        using (var packer = new DeflateStream(expected, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var chunk in content.Chunk(Math.Min(piece, content.Length))) packer.Write(chunk);
            if (parameters.FlushesAtEnd) packer.Flush();
        }

        Packing.AssertSame(expected.ToArray(), Packing.Gzip(content, parameters).AsSpan(10..^8), $"{content.Length} bytes, {parameters.Id}");
    }

    /// <summary>A runtime may have another version of zlib-ng, or the system's zlib.</summary>
    private static void DemandNextGeneration()
    {
        var golden = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "zlib-ng-letters-6.gz"));
        using var packed = new MemoryStream();
        using (var packer = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var chunk in Packing.Gunzip(golden).Chunk(Piece)) packer.Write(chunk);
        }

        Requirement.Demand("zlib-ng", packed.ToArray().AsSpan().SequenceEqual(golden.AsSpan(10..^8)), "a .NET 9 or 10 with its own zlib-ng 2.2.5 is needed");
    }
}
