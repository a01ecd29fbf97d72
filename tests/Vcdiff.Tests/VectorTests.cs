using System.Text;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Deltas that xdelta3 wrote, kept with the tests: they need no xdelta3. See Vectors/README.md.</summary>
public class VectorTests
{
    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", name));

    [Theory]
    [InlineData("plain", 1)]
    [InlineData("header", 1)]
    [InlineData("nochecksum", 1)]
    [InlineData("windows", 3)]
    [InlineData("nosource", 1)]
    public void Plain_deltas_decode(string name, int windows)
    {
        var source = name == "nosource" ? [] : Read("source.bin");
        Codec.AssertSame(Read("target.bin"), Codec.Decode(source, Read(name + ".vcdiff"), out var result));
        Assert.Equal(windows, result.Windows);
        Assert.Equal(name == "nochecksum" ? 0 : windows, result.VerifiedWindows);
        var header = result.ApplicationHeader is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
        Assert.Equal(name == "header" ? "target.bin//source.bin/" : null, header);
    }

    [Fact]
    public void An_empty_target_decodes() => Assert.Empty(Codec.Decode(Read("source.bin"), Read("empty.vcdiff")));

    [Theory]
    [InlineData("lzma")]
    [InlineData("lzma-literal")]
    [InlineData("djw")]
    [InlineData("djw-literal")]
    [InlineData("fgk")]
    [InlineData("fgk-literal")]
    public void Compressed_sections_decode(string name)
    {
        var source = name.EndsWith("literal", StringComparison.Ordinal) ? [] : Read("source.bin");
        Codec.AssertSame(Read("target.bin"), Codec.Decode(source, Read(name + ".vcdiff"), out var result));
        Assert.Equal((3, 3), (result.Windows, result.VerifiedWindows));
    }

    [Fact]
    public void The_wrong_source_is_noticed()
    {
        var wrong = Read("source.bin");
        wrong[7000] ^= 1;
        var thrown = Assert.Throws<VcdiffException>(() => Codec.Decode(wrong, Read("plain.vcdiff")));
        Assert.Equal(VcdiffError.ChecksumMismatch, thrown.Kind);
    }
}
