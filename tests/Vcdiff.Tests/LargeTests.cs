namespace DeltaGlider.Vcdiff.Tests;

/// <summary>Several windows, and sources beyond what xdelta3 keeps in memory.</summary>
public class LargeTests
{
    [Fact]
    public void Over_16_MiB_is_several_windows_that_xdelta3_reads()
    {
        using var xdelta = new Xdelta();
        var source = Samples.Random(36_000_000);
        var target = Samples.Edit(source, 400, maxEdit: 20_000);
        var delta = Codec.Encode(source, target);
        Codec.AssertSame(target, Codec.Decode(source, delta, out var result));
        Assert.True(result.Windows >= 3);
        Assert.InRange(delta.Length, 1, 3_500_000);
        Codec.AssertSame(target, xdelta.Decode(source, delta));
    }

    [Fact]
    public void Over_64_MiB_goes_both_ways_also_when_the_halves_are_swapped()
    {
        using var xdelta = new Xdelta();
        var source = Samples.Random(70_000_000);
        byte[] swapped = [.. source.AsSpan(35_000_000), .. source.AsSpan(0, 35_000_000)];
        var delta = Codec.Encode(source, swapped);
        Assert.InRange(delta.Length, 1, 1000); // the whole source is searched, not a window of it
        Codec.AssertSame(swapped, xdelta.Decode(source, delta));

        var target = source.ToArray();
        for (var at = 1000; at < target.Length; at += 700_000) target[at] ^= 1;
        Codec.AssertSame(target, Codec.Decode(source, xdelta.Encode(source, target, "-S", "none", "-1"), out var result));
        Assert.True(result.Windows > 4);
    }

    [Fact]
    public async Task A_segment_beyond_4_GiB_is_read()
    {
        const long Far = 5L << 30;
        var path = Path.GetTempFileName();
        try
        {
            var tail = Samples.Random(5000);
            using (var file = new FileStream(path, FileMode.Create))
            {
                // Sparse on the file systems that tests run on; where it is not, 5 GiB are too much to ask.
                if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) Assert.Skip("needs a sparse file");
                file.Position = Far;
                file.Write(tail);
            }
            using var source = SourceBuffer.MapFile(path);
            var delta = new DeltaBuilder().Window(
                4000, [], [19, .. DeltaBuilder.Varint(4000)], [.. DeltaBuilder.Varint(0)],
                indicator: 1, segmentLength: 4500, segmentOffset: Far + 100).ToArray();
            var target = new MemoryStream();
            await new VcdiffDecoder(source).DecodeAsync(new MemoryStream(delta), target, TestContext.Current.CancellationToken);
            Codec.AssertSame(tail[100..4100], target.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
