using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Fuzz.Corpus;

/// <summary>Deltas with what no encoder in use writes.</summary>
internal static class HandMade
{
    public static IEnumerable<Seed> All()
    {
        var history = new DeltaModel();
        history.Windows.Add(Window(6, [], "abcdef"u8, [7], []));
        history.Windows.Add(Window(5, [4, 1], "-"u8, [20, 2], [0]));
        history.Windows.Add(Window(4, [5, 6], [], [20], [1]));
        yield return new Seed("hand/history", [], history.ToBytes());

        var spanning = new DeltaModel();
        spanning.Windows.Add(Window(8, [2, 0], "cd"u8, [3, 22], [0], DeltaHeader.SourceSegment));
        yield return new Seed("hand/spanning", "ab"u8.ToArray(), spanning.ToBytes());

        var runs = new DeltaModel();
        for (var window = 0; window < 4; window++) runs.Windows.Add(Window(70_000, [], "x"u8, [0, 0x84, 0xA2, 0x70], []));
        yield return new Seed("hand/runs", [], runs.ToBytes());
    }

    private static WindowModel Window(
        int target, int[] segment, ReadOnlySpan<byte> data, byte[] instructions, byte[] addresses, byte indicator = DeltaHeader.TargetSegment) => new()
        {
            Indicator = segment.Length == 0 ? (byte)0 : indicator,
            SegmentLength = segment.Length == 0 ? 0 : segment[0],
            SegmentOffset = segment.Length == 0 ? 0 : segment[1],
            TargetLength = target,
            Sections = [data.ToArray(), instructions, addresses],
        };
}
