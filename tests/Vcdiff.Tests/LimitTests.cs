namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Each limit lets through what just fits, and refuses one byte more.</summary>
public class LimitTests
{
    private static readonly byte[] Target = Samples.Random(10_000);
    private static readonly byte[] Delta = Codec.Encode([], Target, new() { WindowSize = 4000, ApplicationHeader = new byte[50] });

    public static TheoryData<string, VcdiffLimits, VcdiffLimits> Cases() => new()
    {
        { "window", new() { MaxWindowBytes = 4000 }, new() { MaxWindowBytes = 3999 } },
        { "section", new() { MaxSectionBytes = 4000 }, new() { MaxSectionBytes = 3999 } },
        { "application header", new() { MaxApplicationHeaderBytes = 50 }, new() { MaxApplicationHeaderBytes = 49 } },
        { "target", new() { MaxTargetBytes = 10_000 }, new() { MaxTargetBytes = 9_999 } },
        { "delta", new() { MaxDeltaBytes = Delta.Length }, new() { MaxDeltaBytes = Delta.Length - 1 } },
    };

    [Theory, MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Limit_is_exact(string name, VcdiffLimits fits, VcdiffLimits tooSmall)
    {
        Assert.NotNull(name);
        Codec.AssertSame(Target, Codec.Decode([], Delta, fits));
        Assert.Equal(VcdiffError.LimitExceeded, Assert.Throws<VcdiffException>(() => Codec.Decode([], Delta, tooSmall)).Kind);
    }

    [Theory]
    [InlineData("lzma-literal")]
    [InlineData("djw-literal")]
    [InlineData("fgk-literal")]
    public void Section_limit_is_exact_for_what_a_section_expands_to(string name)
    {
        var delta = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", name + ".vcdiff"));
        var seed = new Fuzz.Corpus.Seed(name, [], delta);
        var largest = Enumerable.Range(0, 3).SelectMany(seed.SectionsOf).Max(section => Math.Max(section.PlainLength, section.Stored.Length));
        Assert.NotEmpty(Codec.Decode([], delta, new() { MaxSectionBytes = largest }));
        var thrown = Assert.Throws<VcdiffException>(() => Codec.Decode([], delta, new() { MaxSectionBytes = largest - 1 }));
        Assert.Equal(VcdiffError.LimitExceeded, thrown.Kind);
    }

    [Fact]
    public void A_target_limit_stops_a_small_delta_that_unpacks_to_very_much()
    {
        var bomb = new DeltaBuilder();
        for (var i = 0; i < 2000; i++) bomb.Window(1 << 24, [0], [0, .. DeltaBuilder.Varint(1 << 24)], []);
        var thrown = Assert.Throws<VcdiffException>(() => Codec.Decode([], bomb.ToArray(), new() { MaxTargetBytes = 50_000_000 }));
        Assert.Equal((VcdiffError.LimitExceeded, 2), (thrown.Kind, thrown.Window));
    }
}
