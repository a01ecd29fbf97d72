using DeltaGlider.Deep.Deflate;
using DeltaGlider.TestKit;

namespace DeltaGlider.Deep.Tests;

/// <summary>The emulation against the stock zlib that a Python comes with.</summary>
public class ZlibTests
{
    private const string Program = """
        import sys, zlib
        if 'ng' in zlib.ZLIB_RUNTIME_VERSION or '-' in zlib.ZLIB_RUNTIME_VERSION: sys.exit(3)
        data = sys.stdin.buffer.read()
        packer = zlib.compressobj(int(sys.argv[1]), zlib.DEFLATED, 31, int(sys.argv[2]))
        sys.stdout.buffer.write(packer.compress(data) + packer.flush())
        """;

    public static TheoryData<int, int> Levels => [.. Enumerable.Range(1, 9).SelectMany(level => new[] { (level, 8), (level, 9) })];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_level_is_the_real_one(int level, int memoryLevel)
    {
        var python = Tool.Demand("python3");
        Requirement.Demand("python3", python.Try(new byte[] { 1 }, "-c", Program, "6", "8").ExitCode == 0, "a Python with stock zlib is needed");
        foreach (var kind in Samples.Kinds)
        {
            foreach (var size in level is 6 or 9 ? [0, 1, 300, 65_275, 65_500, 120_000] : new[] { 300, 98_100 })
            {
                var content = Samples.Of(kind, size);
                Packing.AssertSame(
                    python.Run(content, "-c", Program, $"{level}", $"{memoryLevel}"),
                    Packing.Gzip(content, DeflateParameters.Zlib(level, memoryLevel)),
                    $"{kind} {size} -{level} {memoryLevel}");
            }
        }
    }
}
