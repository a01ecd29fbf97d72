using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Fuzz.Corpus;

/// <summary>A delta taken apart. What cannot be read as windows is its tail.</summary>
internal sealed class DeltaModel
{
    public byte Indicator { get; set; }

    public byte SecondaryId { get; set; }

    public byte[] Application { get; set; } = [];

    public List<WindowModel> Windows { get; } = [];

    public byte[] Tail { get; set; } = [];

    public bool HasSecondary => (Indicator & DeltaHeader.HasSecondaryCompressor) != 0;

    public static DeltaModel? TryParse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 6 || !bytes.StartsWith(DeltaHeader.Magic)) return null;
        var delta = new DeltaModel { Indicator = bytes[4] };
        bytes = bytes[5..];
        if (delta.HasSecondary)
        {
            delta.SecondaryId = bytes[0];
            bytes = bytes[1..];
        }
        if ((delta.Indicator & DeltaHeader.HasApplicationHeader) != 0)
        {
            if (!Bytes.TryTakeVarint(ref bytes, out var length) || length > bytes.Length) return null;
            delta.Application = bytes[..(int)length].ToArray();
            bytes = bytes[(int)length..];
        }
        while (TryTakeWindow(ref bytes) is { } window) delta.Windows.Add(window);
        delta.Tail = bytes.ToArray();
        return delta.Windows.Count == 0 ? null : delta;
    }

    public DeltaModel Clone()
    {
        var copy = new DeltaModel { Indicator = Indicator, SecondaryId = SecondaryId, Application = Application, Tail = Tail };
        copy.Windows.AddRange(Windows.Select(window => window.Clone()));
        return copy;
    }

    public byte[] ToBytes()
    {
        var bytes = new List<byte>(64 + Windows.Sum(window => 48 + window.Sections.Sum(section => section.Length)));
        bytes.AddRange(DeltaHeader.Magic);
        bytes.Add(Indicator);
        if (HasSecondary) bytes.Add(SecondaryId);
        if ((Indicator & DeltaHeader.HasApplicationHeader) != 0)
        {
            Bytes.AddVarint(bytes, Application.Length);
            bytes.AddRange(Application);
        }
        foreach (var window in Windows) window.WriteTo(bytes);
        bytes.AddRange(Tail);
        return [.. bytes];
    }

    private static WindowModel? TryTakeWindow(ref ReadOnlySpan<byte> delta)
    {
        if (delta.IsEmpty) return null;
        var bytes = delta;
        var window = new WindowModel { Indicator = bytes[0] };
        bytes = bytes[1..];
        if (window.HasSegment)
        {
            if (!Bytes.TryTakeVarint(ref bytes, out var segmentLength) || !Bytes.TryTakeVarint(ref bytes, out var segmentOffset)) return null;
            (window.SegmentLength, window.SegmentOffset) = (segmentLength, segmentOffset);
        }
        if (!Bytes.TryTakeVarint(ref bytes, out _) || !Bytes.TryTakeVarint(ref bytes, out var target) || bytes.IsEmpty) return null;
        window.TargetLength = target;
        window.DeltaIndicator = bytes[0];
        bytes = bytes[1..];
        Span<long> lengths = stackalloc long[3];
        foreach (ref var length in lengths)
            if (!Bytes.TryTakeVarint(ref bytes, out length)) return null;
        if (window.HasChecksum)
        {
            if (bytes.Length < 4) return null;
            window.Checksum = bytes[..4].ToArray();
            bytes = bytes[4..];
        }
        for (var kind = 0; kind < 3; kind++)
        {
            if (lengths[kind] > bytes.Length) return null;
            window.Sections[kind] = bytes[..(int)lengths[kind]].ToArray();
            bytes = bytes[(int)lengths[kind]..];
        }
        delta = bytes;
        return window;
    }
}
