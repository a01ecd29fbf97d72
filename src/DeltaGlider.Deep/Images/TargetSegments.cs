using System.Collections.Immutable;
using DeltaGlider.Deep.Finding;
using DeltaGlider.Vcdiff;
using DeltaGlider.Vcdiff.Encode;

namespace DeltaGlider.Deep.Images;

/// <summary>Cuts the target into what is copied from the reference, what is worth a look inside, and the rest.</summary>
internal sealed unsafe class TargetSegments
{
    // What describes a stream, and the older one's, takes about so much.
    private const int MinStream = 40;

    private readonly SourceBuffer _reference;
    private readonly SourceBuffer _target;
    private readonly ImmutableArray<FoundStream> _streams;
    private readonly Dictionary<(long Length, uint Crc), List<FoundStream>> _old = [];
    private readonly List<Segment> _segments = [];

    private TargetSegments(SourceBuffer reference, ImmutableArray<FoundStream> referenceStreams, SourceBuffer target, ImmutableArray<FoundStream> targetStreams)
    {
        _reference = reference;
        _target = target;
        _streams = targetStreams;
        foreach (var stream in referenceStreams)
        {
            var key = (stream.Length, stream.Crc);
            if (!_old.TryGetValue(key, out var all)) _old[key] = all = [];
            all.Add(stream);
        }
    }

    /// <summary>The segments, which are all of the target.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="referenceStreams">Its members.</param>
    /// <param name="target">The target.</param>
    /// <param name="targetStreams">Its members.</param>
    /// <param name="maxPlainBytes">The memory that unpacking may take.</param>
    /// <param name="maxStream">The most bytes that one member may hold.</param>
    public static List<Segment> Cut(
        SourceBuffer reference, ImmutableArray<FoundStream> referenceStreams, SourceBuffer target, ImmutableArray<FoundStream> targetStreams, long maxPlainBytes, long maxStream)
    {
        var cut = new TargetSegments(reference, referenceStreams, target, targetStreams);
        cut.Run(maxPlainBytes, maxStream);
        return cut._segments;
    }

    private void Run(long maxPlainBytes, long maxStream)
    {
        var copies = _streams.Select(FindCopy).ToArray();
        var worthy = ChooseWorthy(copies, maxPlainBytes, maxStream);
        for (var i = 0; i < _streams.Length; i++)
        {
            var stream = _streams[i];
            if (copies[i] >= 0) AddCopy(stream, copies[i]);
            else if (worthy.Contains(i)) Add(new Segment(stream.Offset, stream.Length, Stream: i));
        }

        AddRawUntil(_target.Length);
    }

    /// <summary>Where the reference has the very bytes of a member; -1 for nowhere.</summary>
    private long FindCopy(FoundStream stream)
    {
        if (!_old.TryGetValue((stream.Length, stream.Crc), out var candidates)) return -1;
        // A member of the same name, if there is one: then the copies go on in the order in which they lie.
        foreach (var candidate in candidates.OrderBy(one => one.Name == stream.Name ? 0 : 1).Take(8))
            if (IsSame(stream.Offset, candidate.Offset, stream.Length)) return candidate.Offset;
        return -1;
    }

    /// <summary>The streams to look into: the largest first, as long as there is memory.</summary>
    private HashSet<int> ChooseWorthy(long[] copies, long left, long maxStream)
    {
        var worthy = new HashSet<int>();
        foreach (var i in Enumerable.Range(0, _streams.Length).OrderByDescending(i => _streams[i].Length))
        {
            var stream = _streams[i];
            if (copies[i] >= 0 || !stream.IsDeflated || stream.Length < MinStream || stream.Length > maxStream) continue;
            if (stream.PlainLength > maxStream || stream.PlainLength > Inflate.Inflation.MaxPlain(stream.Length)) continue;
            var room = ImageBuilder.RoomFor(new ImagePart(stream.Offset, stream.Length, stream.PlainLength, true));
            if (room > left) continue;
            left -= room;
            worthy.Add(i);
        }

        return worthy;
    }

    private void AddCopy(FoundStream stream, long from)
    {
        // What lies between two copies is mostly the same too, so that one copy does for both.
        if (_segments.Count > 0 && _segments[^1] is { IsCopy: true } last && last.Reference - last.Offset == from - stream.Offset
            && IsSame(last.End, last.Reference + last.Length, stream.Offset - last.End))
        {
            _segments[^1] = last with { Length = stream.End - last.Offset };
            return;
        }

        Add(new Segment(stream.Offset, stream.Length, Reference: from));
    }

    private void Add(Segment segment)
    {
        AddRawUntil(segment.Offset);
        _segments.Add(segment);
    }

    private void AddRawUntil(long end)
    {
        var start = _segments.Count > 0 ? _segments[^1].End : 0;
        if (end > start) _segments.Add(new Segment(start, end - start));
    }

    private bool IsSame(long targetOffset, long referenceOffset, long length) =>
        length >= 0 && referenceOffset + length <= _reference.Length
        && CommonBytes.Prefix(_target.Pointer + targetOffset, _reference.Pointer + referenceOffset, length) == length;
}
