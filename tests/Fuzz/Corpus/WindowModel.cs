using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Fuzz.Corpus;

/// <summary>One window of a delta, taken apart so that it can be changed and put together again, also wrongly.</summary>
internal sealed class WindowModel
{
    public byte Indicator { get; set; }

    public long SegmentLength { get; set; }

    public long SegmentOffset { get; set; }

    public long TargetLength { get; set; }

    public byte DeltaIndicator { get; set; }

    /// <summary>Data, instructions, addresses.</summary>
    public byte[][] Sections { get; set; } = [[], [], []];

    public byte[] Checksum { get; set; } = new byte[4];

    /// <summary>What to add to the true lengths of the sections and of the window.</summary>
    public long[] Skew { get; set; } = new long[4];

    public bool HasSegment => (Indicator & (DeltaHeader.SourceSegment | DeltaHeader.TargetSegment)) != 0;

    public bool HasChecksum => (Indicator & DeltaHeader.Checksum) != 0;

    /// <summary>A copy of its own; sections are replaced and never written to, so they may be shared.</summary>
    public WindowModel Clone()
    {
        var copy = (WindowModel)MemberwiseClone();
        copy.Sections = [.. Sections];
        copy.Skew = [.. Skew];
        return copy;
    }

    public void WriteTo(List<byte> delta)
    {
        delta.Add(Indicator);
        if (HasSegment)
        {
            Bytes.AddVarint(delta, SegmentLength);
            Bytes.AddVarint(delta, SegmentOffset);
        }
        var head = new List<byte>();
        Bytes.AddVarint(head, TargetLength);
        head.Add(DeltaIndicator);
        for (var kind = 0; kind < 3; kind++) Bytes.AddVarint(head, Sections[kind].Length + Skew[kind]);
        if (HasChecksum) head.AddRange(Checksum);
        Bytes.AddVarint(delta, head.Count + Sections.Sum(section => (long)section.Length) + Skew[3]);
        delta.AddRange(head);
        foreach (var section in Sections) delta.AddRange(section);
    }
}
