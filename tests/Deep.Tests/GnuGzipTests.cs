using DeltaGlider.Deep.Deflate;
using DeltaGlider.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaGlider.Deep.Tests;

/// <summary>The emulation against the machine's own GNU gzip, byte for byte.</summary>
public class GnuGzipTests
{
    // Around the longest match, the look-ahead, the window's halves, where it slides, and a few slides on.
    private static readonly int[] Sizes =
    [
        0, 1, 2, 3, 4, 5, 50, 258, 261, 262, 263, 1000, 32505, 32506, 32507, 32767, 32768, 32769, 65273, 65274, 65275, 65276,
        65400, 65535, 65536, 65537, 98041, 98042, 98043, 98304, 131071, 131072, 163578, 300_000,
    ];

    public static TheoryData<int> Levels => [.. Enumerable.Range(1, 9)];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_level_is_the_real_one(int level)
    {
        var gzip = RealGzip();
        foreach (var kind in Samples.Kinds)
        {
            // The default level is what matters most; the others differ in numbers only.
            foreach (var size in level == 6 ? Sizes : [.. Sizes.Where((size, i) => i % 4 == level % 4 && size < 200_000)])
                AssertSame(gzip, Samples.Of(kind, size), level, $"{kind} {size}");
        }
    }

    [Fact]
    public void The_end_of_the_input_is_the_real_one_wherever_it_falls()
    {
        var gzip = RealGzip();
        var state = new Random(77);
        foreach (var near in new[] { 300, 5000, 32_700, 40_000, 65_274, 65_400, 65_536, 98_042, 98_304, 100_000, 131_072 })
        {
            for (var i = 0; i < 12; i++)
            {
                var size = near + state.Next(-60, 330);
                AssertSame(gzip, Samples.Of("echo", size, i), 6, $"echo {size} {i}");
            }
        }
    }

    [Fact]
    public void Programs_are_the_real_ones()
    {
        var gzip = RealGzip();
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        foreach (var name in new[] { "System.Private.CoreLib.dll", "System.Linq.dll", "System.Private.Xml.dll" })
            AssertSame(gzip, File.ReadAllBytes(Path.Combine(runtime, name)), 6, name);
    }

    [Fact]
    public void A_tar_of_real_files_is_the_real_one_and_over_10_MiB()
    {
        var gzip = RealGzip();
        using var tar = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(tar, leaveOpen: true))
        {
            foreach (var path in Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.*.dll").Order(StringComparer.Ordinal))
            {
                if (tar.Length < 16 << 20) writer.WriteEntry(path, Path.GetFileName(path));
            }
        }

        Assert.InRange(tar.Length, 10 << 20, 64 << 20);
        AssertSame(gzip, tar.ToArray(), 6, "tar");
    }

    [Fact]
    public void Structured_random_content_is_the_real_one()
    {
        var gzip = RealGzip();
        var contents =
            from pieces in Gen.ListOf(
                from kind in Gen.Elements(Samples.Kinds)
                from length in Gen.Frequency((4, Gen.Choose(0, 300)), (2, Gen.Choose(0, 9000)), (1, Gen.Choose(0, 40_000)))
                from seed in Gen.Choose(1, 9) // few, so that pieces come back
                select (kind, length, seed))
            select pieces.SelectMany(piece => Samples.Of(piece.kind, piece.length, piece.seed)).ToArray();
        Prop.ForAll(
            Arb.From(from content in contents from level in Gen.Frequency((3, Gen.Constant(6)), (1, Gen.Choose(1, 9))) select (content, level)),
            one => AssertSame(gzip, one.content, one.level, "random content")).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20260301, 1));
    }

    private static Tool RealGzip()
    {
        var gzip = Tool.Demand("gzip");
        var version = System.Text.Encoding.ASCII.GetString(gzip.Try(default, "--version").Output).Split('\n')[0];
        // BSD's and macOS's program of that name is another one, and one machine's GNU gzip deflates in hardware.
        Requirement.Demand(
            "gzip",
            version.StartsWith("gzip 1.", StringComparison.Ordinal) && System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture != System.Runtime.InteropServices.Architecture.S390x,
            $"GNU gzip is needed, not '{version}'");
        return gzip;
    }

    private static void AssertSame(Tool gzip, byte[] content, int level, string what)
    {
        var expected = gzip.Run(content, $"-{level}", "-n");
        Packing.AssertSame(expected, Packing.Gzip(content, DeflateParameters.GnuGzip(level)), $"{what} -{level}");
    }
}
