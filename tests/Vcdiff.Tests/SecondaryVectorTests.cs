namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Deltas with compressed sections, kept with the tests. See Vectors/Secondary/README.md.</summary>
public class SecondaryVectorTests
{
    internal static byte[] Read(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "Secondary", name));

    [Theory]
    [InlineData("small", "lzma", 3)]
    [InlineData("small", "djw", 3)]
    [InlineData("small", "fgk", 3)]
    [InlineData("large", "lzma", 4)]
    [InlineData("large", "djw", 4)]
    [InlineData("large", "fgk", 4)]
    [InlineData("chunks", "lzma", 6)]
    public void Compressed_sections_decode(string target, string compressor, int windows)
    {
        var delta = Read($"{target}.{compressor}.delta");
        Codec.AssertSame(Read($"{target}.target"), Codec.Decode(Read("small.source"), delta, out var result));
        Assert.Equal((windows, windows), (result.Windows, result.VerifiedWindows));
    }

    [Theory]
    [InlineData("small.lzma.delta")]
    [InlineData("small.djw.delta")]
    [InlineData("small.fgk.delta")]
    [InlineData("chunks.lzma.delta")]
    public async Task A_delta_that_arrives_byte_by_byte_decodes_the_same(string name)
    {
        using var source = SourceBuffer.CopyOf(Read("small.source"));
        var target = new MemoryStream();
        using var slow = new SlowStream(Read(name));
        await new VcdiffDecoder(source).DecodeAsync(slow, target, TestContext.Current.CancellationToken);
        Codec.AssertSame(Read(name.Split('.')[0] + ".target"), target.ToArray());
    }

    /// <summary>The windows share one LZMA dictionary: a decoder that keeps too little of it must say so.</summary>
    [Fact]
    public void A_dictionary_over_the_limit_is_refused_only_where_it_is_used()
    {
        var delta = Read("large.lzma.delta");
        var limits = new VcdiffLimits { MaxDictionaryBytes = 1000 };
        var thrown = Assert.Throws<VcdiffException>(() => Codec.Decode(Read("small.source"), delta, limits));
        Assert.Contains("further back than the dictionary that is kept", thrown.Message, StringComparison.Ordinal);

        Codec.AssertSame(Read("chunks.target"), Codec.Decode([], Read("chunks.lzma.delta"), new VcdiffLimits { MaxDictionaryBytes = 0 }));
    }

    [Fact]
    public void An_unknown_compressor_is_refused_by_its_id()
    {
        var delta = Read("small.djw.delta");
        delta[5] = 77;
        var thrown = Assert.Throws<VcdiffException>(() => Codec.Decode(Read("small.source"), delta));
        Assert.Equal(VcdiffError.UnsupportedSecondaryCompressor, thrown.Kind);
        Assert.Contains("77", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(77)]
    public void A_compressor_that_is_declared_and_not_used_is_no_error(byte id)
    {
        byte[] target = [.. "twelve bytes"u8];
        var delta = new DeltaBuilder(1, id).Window(12, target, [13], []).ToArray();
        Codec.AssertSame(target, Codec.Decode([], delta));
    }

    private sealed class SlowStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer.IsEmpty ? buffer : buffer[..1]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Read(buffer.Span));
    }
}
