using System.Collections.Immutable;
using DeltaGlider.Deep.Finding;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Deep.Images;

/// <summary>
/// Chooses what of the reference goes into the old image, and in which form: the older selves of the target's members,
/// and what is no member.
/// </summary>
internal sealed class ReferenceParts
{
    private readonly ImmutableArray<FoundStream> _streams;
    private readonly Dictionary<string, List<int>> _byName = [];
    private readonly HashSet<int> _inflated = [];
    private readonly HashSet<int> _raw = [];
    private long _left;

    private ReferenceParts(ImmutableArray<FoundStream> streams, long maxBytes)
    {
        _streams = streams;
        _left = maxBytes;
        for (var i = 0; i < streams.Length; i++)
        {
            foreach (var key in MemberNames.KeysOf(streams[i].Name))
            {
                if (!_byName.TryGetValue(key, out var all)) _byName[key] = all = [];
                all.Add(i);
            }
        }
    }

    /// <summary>The parts, in the order of the reference.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="streams">Its members.</param>
    /// <param name="segments">The target's segments: what they copy needs no image.</param>
    /// <param name="unpacked">The target's members of which the new image has the content.</param>
    /// <param name="kept">The target's members that are in the new image compressed.</param>
    /// <param name="maxBytes">The most memory that the parts may take.</param>
    public static ImmutableArray<ImagePart> Choose(
        SourceBuffer reference, ImmutableArray<FoundStream> streams, IEnumerable<Segment> segments,
        ImmutableArray<FoundStream> unpacked, ImmutableArray<FoundStream> kept, long maxBytes)
    {
        var parts = new ReferenceParts(streams, maxBytes);
        var copied = new HashSet<long>(segments.Where(one => one.IsCopy).Select(one => one.Reference));
        parts.ChooseInflated(unpacked, copied);
        parts.ChooseRaw(kept);
        return parts.Build(reference.Length);
    }

    private void ChooseInflated(ImmutableArray<FoundStream> unpacked, HashSet<long> copied)
    {
        var orphans = new List<FoundStream>();
        foreach (var stream in unpacked.OrderByDescending(one => one.PlainLength))
        {
            var older = Find(stream.Name);
            foreach (var i in older) Take(i);
            if (older.Count == 0) orphans.Add(stream);
        }

        // A new name, and nothing like it: something that has gone may have been its old one.
        if (orphans.Count == 0) return;
        foreach (var i in Enumerable.Range(0, _streams.Length).Where(i => !copied.Contains(_streams[i].Offset)).OrderByDescending(i => _streams[i].PlainLength)) Take(i);
    }

    private void ChooseRaw(ImmutableArray<FoundStream> kept)
    {
        foreach (var stream in kept)
        {
            foreach (var i in Find(stream.Name))
            {
                if (_inflated.Contains(i) || _streams[i].Length > _left || !_raw.Add(i)) continue;
                _left -= _streams[i].Length;
            }
        }
    }

    /// <summary>The members that may be an older self of the one of this name; nothing but a few.</summary>
    private List<int> Find(string name)
    {
        const int Few = 4;
        foreach (var key in MemberNames.KeysOf(name))
        {
            if (_byName.TryGetValue(key, out var all)) return key.Length == name.Length ? all : all.Take(Few).ToList();
        }

        return [];
    }

    private void Take(int i)
    {
        var stream = _streams[i];
        if (!stream.IsDeflated || stream.PlainLength > Inflate.Inflation.MaxPlain(stream.Length) || _inflated.Contains(i)) return;
        var room = ImageBuilder.RoomFor(new ImagePart(stream.Offset, stream.Length, stream.PlainLength, true));
        if (room > _left) return;
        _left -= room;
        _inflated.Add(i);
    }

    private ImmutableArray<ImagePart> Build(long referenceLength)
    {
        var parts = ImmutableArray.CreateBuilder<ImagePart>();
        long at = 0;
        for (var i = 0; i <= _streams.Length; i++)
        {
            var isLast = i == _streams.Length;
            var start = isLast ? referenceLength : _streams[i].Offset;
            AddRaw(parts, at, start - at);
            if (isLast) break;
            var stream = _streams[i];
            if (_inflated.Contains(i)) parts.Add(new ImagePart(stream.Offset, stream.Length, stream.PlainLength, true));
            // Bytes that are stored as they are: what copies do not have is like them.
            else if (_raw.Contains(i) || !stream.IsDeflated && stream.Length <= _left) AddRaw(parts, stream.Offset, stream.Length);
            at = stream.End;
        }

        return parts.ToImmutable();
    }

    private static void AddRaw(ImmutableArray<ImagePart>.Builder parts, long offset, long length)
    {
        if (length <= 0) return;
        if (parts.Count > 0 && parts[^1] is { IsInflated: false } last && last.Offset + last.Length == offset)
            parts[^1] = ImagePart.Raw(last.Offset, last.Length + length);
        else
            parts.Add(ImagePart.Raw(offset, length));
    }
}
