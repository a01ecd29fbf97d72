namespace DeltaGlider.Vcdiff.Tests;

public class RoundTripTests
{
    public static TheoryData<string, byte[], byte[]> Pairs()
    {
        var text = Samples.Text(300_000);
        var random = Samples.Random(300_000);
        return new()
        {
            { "both empty", [], [] },
            { "empty source", [], text },
            { "empty target", text, [] },
            { "one byte each, equal", [1], [1] },
            { "one byte each, different", [1], [2] },
            { "equal", text, text },
            { "unrelated", random, Samples.Random(300_000, 2) },
            { "edited text", text, Samples.Edit(text, 300) },
            { "edited random", random, Samples.Edit(random, 300) },
            { "a source shorter than a seed", [.. text.Take(20)], [.. text.Take(2000)] },
            { "one long run", text, new byte[200_000] },
            { "halves swapped", random, [.. random.Skip(150_000), .. random.Take(150_000)] },
            { "twice over", random, [.. random, .. random] },
            { "the end only", random, random[^40..] },
            { "period of three", [], [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i % 3))] },
        };
    }

    [Theory, MemberData(nameof(Pairs), DisableDiscoveryEnumeration = true)]
    public void Own_decoder_reads_own_delta(string name, byte[] source, byte[] target)
    {
        Assert.NotNull(name);
        foreach (var windowSize in new[] { VcdiffEncoderOptions.MaxWindowSize, 65536, 1024 })
        {
            var delta = Codec.Encode(source, target, new() { WindowSize = windowSize });
            Codec.AssertSame(target, Codec.Decode(source, delta, out var result));
            Assert.Equal(Math.Max(1, (target.Length + windowSize - 1) / windowSize), result.Windows);
            Assert.Equal(result.Windows, result.VerifiedWindows);
        }
    }

    [Theory, MemberData(nameof(Pairs), DisableDiscoveryEnumeration = true)]
    public void Xdelta3_reads_own_delta(string name, byte[] source, byte[] target)
    {
        Assert.NotNull(name);
        using var xdelta = new Xdelta();
        foreach (var windowSize in new[] { VcdiffEncoderOptions.MaxWindowSize, 65536 })
            Codec.AssertSame(target, xdelta.Decode(source, Codec.Encode(source, target, new() { WindowSize = windowSize })));
    }

    [Theory, MemberData(nameof(Pairs), DisableDiscoveryEnumeration = true)]
    public void Own_decoder_reads_xdelta3(string name, byte[] source, byte[] target)
    {
        Assert.NotNull(name);
        using var xdelta = new Xdelta();
        string[][] optionSets = [["-9", "-S", "none"], ["-1", "-S", "none", "-n", "-A="], ["-9", "-S", "none", "-W", "16384", "-B", "524288", "-A=some header"]];
        foreach (var options in optionSets)
        {
            var delta = xdelta.Encode(source, target, options);
            Codec.AssertSame(target, Codec.Decode(source, delta, out var result));
            Assert.Equal(options.Contains("-n") ? 0 : result.Windows, result.VerifiedWindows);
        }
    }
}
