using System.Text;
using DeltaGlider.Vcdiff.Checksum;
using DeltaGlider.Vcdiff.Encode;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>What a delta must be so that every xdelta3 reads it, each row of the table.</summary>
public class StructureTests
{
    [Theory, MemberData(nameof(RoundTripTests.Pairs), MemberType = typeof(RoundTripTests), DisableDiscoveryEnumeration = true)]
    public void Every_delta_keeps_the_rules(string name, byte[] source, byte[] target)
    {
        Assert.NotNull(name);
        foreach (var options in new VcdiffEncoderOptions[]
            {
                new(), new() { WindowSize = 50_000 }, new() { SecondaryCompression = false },
                new() { Level = VcdiffLevel.Fast, WindowSize = 50_000 }, new() { Level = VcdiffLevel.Best, WindowSize = 50_000 },
            })
        {
            var parsed = DeltaParser.Parse(Codec.Encode(source, target, options), source);
            Assert.Equal(options.SecondaryCompression ? 1 : 0, parsed.HeaderIndicator);
            Codec.AssertSame(target, parsed.Target);
            var at = 0;
            foreach (var window in parsed.Windows)
            {
                Assert.Equal(Adler32.ComputeScalar(target.AsSpan(at, window.TargetLength), 1), window.Adler);
                at += window.TargetLength;
            }
        }
    }

    [Fact]
    public void An_empty_target_is_one_window_of_length_zero()
    {
        var parsed = DeltaParser.Parse(Codec.Encode([1, 2, 3], []), [1, 2, 3]);
        var window = Assert.Single(parsed.Windows);
        Assert.Equal(0, window.TargetLength);
        Assert.Equal(1u, window.Adler);
    }

    [Fact]
    public void Options_reach_the_headers()
    {
        var header = VcdiffEncoderOptions.EncodeApplicationHeader("größe.tar//alt.tar/");
        var delta = Codec.Encode([1, 2, 3], [1, 2, 3], new() { ApplicationHeader = header, Checksum = false });
        var parsed = DeltaParser.Parse(delta, [1, 2, 3]);
        Assert.Equal("größe.tar//alt.tar/", Encoding.UTF8.GetString(parsed.ApplicationHeader!));
        Assert.Null(parsed.Windows[0].Adler);
        Codec.Decode([1, 2, 3], delta, out var result);
        Assert.Equal(header.ToArray(), result.ApplicationHeader!.Value.ToArray());
        Assert.Equal(0, result.VerifiedWindows);
    }

    [Fact]
    public void Xdelta3_reads_an_application_header_and_a_delta_without_checksum()
    {
        using var xdelta = new Xdelta();
        var source = Samples.Text(5000);
        var target = Samples.Edit(source, 9);
        var delta = Codec.Encode(source, target, new() { ApplicationHeader = VcdiffEncoderOptions.EncodeApplicationHeader("a//b/"), Checksum = false });
        Codec.AssertSame(target, xdelta.Decode(source, delta));
    }

    [Fact]
    public void The_segment_covers_the_copies_and_no_more()
    {
        var source = Samples.Random(3_000_000);
        var target = source[2_900_000..2_950_000];
        var window = Assert.Single(DeltaParser.Parse(Codec.Encode(source, target), source).Windows);
        Assert.Equal((50_000, 2_900_000), (window.SegmentLength, window.SegmentOffset));
    }

    [Fact]
    public void Copies_too_far_apart_for_one_segment_lose_the_smaller_share()
    {
        using var matches = new NativeList<Match>();
        matches.Add(new Match(MatchKind.Source, 0, 100, 10));
        matches.Add(new Match(MatchKind.Source, 100, 300, 5L << 32));
        matches.Add(new Match(MatchKind.Target, 400, 50, 0));
        matches.Add(new Match(MatchKind.Source, 450, 200, (5L << 32) + 5000));
        matches.Add(new Match(MatchKind.Source, 650, 350, 1000));

        Assert.Equal(new SourceSegment(5L << 32, 5200), SourceSegment.Choose(matches, 10_000));
        Assert.Equal([100, 400, 450], matches.Span.ToArray().Select(match => match.Start));
        Assert.Equal(new SourceSegment(5L << 32, 5200), SourceSegment.Choose(matches, 5200));
        Assert.Equal(new SourceSegment(5L << 32, 300), SourceSegment.Choose(matches, 5199));
    }

    [Fact]
    public void Combined_opcodes_and_the_cache_are_used()
    {
        // One byte in 40 differs: a literal, ADD 1, COPY with a size, and an address of one byte through the cache.
        var source = Samples.Random(40_000);
        var target = source.ToArray();
        for (var i = 7; i < target.Length; i += 40) target[i] ^= 0x55;
        var delta = Codec.Encode(source, target);
        Assert.InRange(delta.Length, 1000, 1000 * 5 + 40);
    }

    [Theory]
    [InlineData(1023)]
    [InlineData(VcdiffEncoderOptions.MaxWindowSize + 1)]
    public void Window_sizes_that_xdelta3_refuses_are_refused(int windowSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VcdiffEncoderOptions { WindowSize = windowSize });
}
