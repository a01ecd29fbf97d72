using System.Diagnostics;
using DeltaGlider.Vcdiff.Decode;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Deltas that are valid in every field and would keep their reader busy, or would take memory bit by bit.</summary>
public class HostileTimeTests
{
    [Fact]
    public void History_is_not_read_over_and_over()
    {
        // Each of these windows is 18 bytes long and has 1 MiB read back.
        var delta = new DeltaBuilder().Window(1 << 20, [0], [0, .. DeltaBuilder.Varint(1 << 20)], []);
        for (var window = 0; window < 1000; window++)
            delta.Window(4, [], [20], [0], indicator: 2, segmentLength: (1 << 20) - window, segmentOffset: window);
        var limits = new VcdiffLimits { MaxTotalHistoryBytes = 20 << 20 };
        var thrown = Assert.Throws<VcdiffException>(() => Codec.Decode([], delta.ToArray(), limits));
        Assert.Equal((VcdiffError.LimitExceeded, 21), (thrown.Kind, thrown.Window));
        Assert.Equal((1 << 20) + 4000, Codec.Decode([], delta.ToArray()).Length);
    }

    [Fact]
    public void A_limit_of_all_history_is_exact()
    {
        var delta = new DeltaBuilder().Window(6, "abcdef"u8.ToArray(), [7], [])
            .Window(4, [], [20], [0], indicator: 2, segmentLength: 4).Window(4, [], [20], [1], indicator: 2, segmentLength: 5).ToArray();
        Assert.Equal("abcdefabcdbcde"u8.ToArray(), Codec.Decode([], delta, new() { MaxTotalHistoryBytes = 9 }));
        var thrown = Assert.Throws<VcdiffException>(() => Codec.Decode([], delta, new() { MaxTotalHistoryBytes = 8 }));
        Assert.Equal((VcdiffError.LimitExceeded, 2), (thrown.Kind, thrown.Window));
    }

    [Fact]
    public void A_hundred_thousand_empty_windows_are_soon_done()
    {
        var delta = new DeltaBuilder();
        for (var window = 0; window < 100_000; window++) delta.Window(0, [], [], []);
        var clock = Stopwatch.StartNew();
        Assert.Empty(Codec.Decode([], delta.ToArray()));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task Growing_windows_take_no_more_memory_than_the_largest()
    {
        const int Largest = 3_000_000;
        var delta = new DeltaBuilder();
        for (var length = 1_000_000; length <= Largest; length += 100_000)
            delta.Window(length, new byte[length], [1, .. DeltaBuilder.Varint(length)], []);
        using var source = SourceBuffer.CopyOf([]);
        using var decoding = new DeltaDecoding(source, VcdiffLimits.Default, new MemoryStream(delta.ToArray()), new MemoryStream());
        await decoding.RunAsync(TestContext.Current.CancellationToken);
        Assert.InRange(decoding.NativeBytes, 2 * Largest, (2 * Largest) + 1000);
    }
}
