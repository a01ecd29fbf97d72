using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>The stretch of the source that a window may copy from (RFC 3284 section 4.2).</summary>
internal readonly record struct SourceSegment(long Offset, long Length)
{
    /// <summary>
    /// The stretch that covers the source copies of a window. When they are too far apart for one segment, the one
    /// that covers the most bytes is taken, and the copies outside it are dropped from the list.
    /// </summary>
    public static SourceSegment Choose(NativeList<Match> matches, long maxLength)
    {
        long low = long.MaxValue, high = 0;
        foreach (ref var match in matches.Span)
        {
            if (match.Kind != MatchKind.Source) continue;
            low = Math.Min(low, match.Address);
            high = Math.Max(high, match.Address + match.Length);
        }
        if (high == 0) return default;
        if (high - low <= maxLength) return new SourceSegment(low, high - low);

        var start = BestStart(matches, maxLength);
        var kept = 0;
        long end = 0;
        var all = matches.Span;
        foreach (var match in all)
        {
            if (match.Kind == MatchKind.Source)
            {
                if (match.Address < start || match.Address + match.Length > start + maxLength) continue;
                end = Math.Max(end, match.Address + match.Length);
            }
            all[kept++] = match;
        }
        while (matches.Count > kept) matches.RemoveLast();
        return new SourceSegment(start, end - start);
    }

    private static long BestStart(NativeList<Match> matches, long maxLength)
    {
        var sorted = new List<Match>(matches.Count);
        foreach (var match in matches.Span)
            if (match.Kind == MatchKind.Source) sorted.Add(match);
        sorted.Sort((a, b) => a.Address != b.Address ? a.Address.CompareTo(b.Address) : a.Start.CompareTo(b.Start));

        long covered = 0, best = -1, bestStart = sorted[0].Address;
        for (int first = 0, next = 0; first < sorted.Count; first++)
        {
            var start = sorted[first].Address;
            for (; next < sorted.Count && sorted[next].Address + sorted[next].Length <= start + maxLength; next++)
                covered += sorted[next].Length;
            if (covered > best) (best, bestStart) = (covered, start);
            covered -= sorted[first].Length;
        }
        return bestStart;
    }
}
