namespace DeltaGlider.Vcdiff.Tests;

/// <summary>VCD_TARGET windows, which no encoder in use writes and the RFC has.</summary>
public class TargetHistoryTests
{
    private static readonly byte[] Delta = new DeltaBuilder()
        .Window(6, "abcdef"u8.ToArray(), [7], [])
        .Window(5, "-"u8.ToArray(), [20, 2], [0], indicator: 2, segmentLength: 4, segmentOffset: 1)
        .Window(4, [], [20], [1], indicator: 2, segmentLength: 5, segmentOffset: 6)
        .ToArray();

    [Fact]
    public async Task Are_read_back_from_a_target_that_can_be_read()
    {
        using var source = SourceBuffer.CopyOf([]);
        var target = new MemoryStream();
        target.Write("before"u8); // the target starts where the stream stands
        await new VcdiffDecoder(source).DecodeAsync(new MemoryStream(Delta), target, TestContext.Current.CancellationToken);
        Assert.Equal("beforeabcdefbcde-cde-"u8.ToArray(), target.ToArray());
    }

    [Fact]
    public async Task Are_refused_when_the_target_is_write_only()
    {
        using var source = SourceBuffer.CopyOf([]);
        var path = Path.GetTempFileName();
        await using (var target = new FileStream(path, FileMode.Create, FileAccess.Write))
        {
            var thrown = await Assert.ThrowsAsync<VcdiffException>(async () =>
                await new VcdiffDecoder(source).DecodeAsync(new MemoryStream(Delta), target, TestContext.Current.CancellationToken));
            Assert.Equal((VcdiffError.UnsupportedFeature, 1), (thrown.Kind, thrown.Window));
        }
        File.Delete(path);
    }

    [Fact]
    public void May_not_name_what_is_not_there_yet()
    {
        var delta = new DeltaBuilder().Window(1, [7], [2], []).Window(1, [7], [2], [], indicator: 2, segmentLength: 1, segmentOffset: 1).ToArray();
        Assert.Equal(VcdiffError.Malformed, Assert.Throws<VcdiffException>(() => Codec.Decode([], delta)).Kind);
    }
}
