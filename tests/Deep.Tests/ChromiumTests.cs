using DeltaGlider.Deep.Deflate;
using DeltaGlider.TestKit;

namespace DeltaGlider.Deep.Tests;

/// <summary>The emulation against the zlib that a Node.js comes with.</summary>
public class ChromiumTests
{
    // Debian builds Node.js with its own stock zlib; others have Chromium's, until version 16 in its older form.
    private const string Program = """
        const major = parseInt(process.versions.node);
        if (process.config.variables.node_shared_zlib || major < 18) process.exit(3);
        const packed = require('zlib').deflateRawSync(require('fs').readFileSync(0), { level: +process.argv[1] });
        require('fs').writeSync(1, packed) === packed.length || process.exit(4);
        """;

    public static TheoryData<int> Levels => [.. Enumerable.Range(1, 9)];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_level_is_the_real_one(int level)
    {
        var node = Tool.Demand("node");
        Requirement.Demand("node", node.Try(new byte[] { 1 }, "-e", Program, "6").ExitCode == 0, "a Node.js 18 or newer with Chromium's zlib is needed");
        foreach (var kind in Samples.Kinds)
        {
            foreach (var size in level is 6 or 9 ? [0, 1, 3, 300, 65_275, 65_500, 120_000] : new[] { 303, 98_100 })
            {
                var content = Samples.Of(kind, size);
                Packing.AssertSame(
                    node.Run(content, "-e", Program, $"{level}"),
                    Packing.Gzip(content, DeflateParameters.Chromium(level)).AsSpan(10..^8),
                    $"{kind} {size} -{level}");
            }
        }
    }
}
