using System.Numerics;
using System.Runtime.CompilerServices;
using DeltaGlider.Vcdiff.Encode;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep.Difference;

/// <summary>
/// Finds what of the target is like the source. It follows a diagonal (a constant distance between source and target) as
/// long as most bytes agree, and leaves it for one that agrees better.
/// </summary>
internal sealed unsafe class CoverFinder
{
    /// <summary>So many bytes that agree in a row need no second thought.</summary>
    private const int Settled = 32;

    /// <summary>A diagonal with so many bytes wrong over the length of a match elsewhere is given up for it.</summary>
    private const int MaxWrong = 8;

    private const int Horizon = 64;
    private const int RecentDiagonals = 8;
    private const int MinRecent = 10;
    private const int MinElsewhere = 12;
    private const int Ahead = 12;
    private const int SkipShift = 12;
    private const int MaxSkip = 4;

    private readonly byte* _source;
    private readonly long _sourceLength;
    private readonly byte* _target;
    private readonly long _targetLength;
    private readonly SourceIndex _long;
    private readonly SeedTable _short;
    private readonly long[] _recent = new long[RecentDiagonals];
    private long _diagonal;

    public CoverFinder(byte* source, long sourceLength, byte* target, long targetLength, SourceIndex longSeeds, SeedTable shortSeeds)
    {
        _source = source;
        _sourceLength = sourceLength;
        _target = target;
        _targetLength = targetLength;
        _long = longSeeds;
        _short = shortSeeds;
    }

    /// <summary>Appends the covers in the order of the target; none overlap there.</summary>
    public void Find(NativeList<Cover> covers, CancellationToken cancellationToken)
    {
        long start = 0, settled = 0, at = 0, misses = 0;
        long turn = 0;
        while (at < _targetLength)
        {
            if ((++turn & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            var run = Run(at, _diagonal);
            if (run >= Settled)
            {
                at += run;
                settled = at;
                misses = 0;
                continue;
            }

            var reach = Reach(at + run);
            if (reach + run >= Horizon)
            {
                at += run + 1;
                misses = 0;
                continue;
            }

            if (!TrySearch(at, run + reach, out var diagonal, out var length))
            {
                misses++;
                at += 1 + Math.Min(misses >> SkipShift, MaxSkip);
                continue;
            }

            misses = 0;
            var forward = ForwardEnd(settled, at);
            var backward = BackwardStart(at, diagonal, Math.Max(start, settled));
            if (backward < forward) forward = backward = Split(backward, forward, diagonal);
            Add(covers, start, forward);
            Remember(diagonal);
            start = backward;
            at += length;
            settled = at;
        }

        Add(covers, start, ForwardEnd(settled, _targetLength));
    }

    private void Add(NativeList<Cover> covers, long start, long end)
    {
        if (end > start) covers.Add(new Cover(start, start + _diagonal, end - start));
    }

    private void Remember(long diagonal)
    {
        var slot = Array.IndexOf(_recent, _diagonal);
        if (slot < 0) slot = RecentDiagonals - 1;
        Array.Copy(_recent, 0, _recent, 1, slot);
        _recent[0] = _diagonal;
        _diagonal = diagonal;
    }

    /// <summary>How many bytes agree in a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Run(long at, long diagonal)
    {
        var from = at + diagonal;
        return from < 0 || from >= _sourceLength ? 0 : CommonBytes.Prefix(_target + at, _source + from, Math.Min(_targetLength - at, _sourceLength - from));
    }

    /// <summary>How far the present diagonal goes before more bytes than allowed are wrong; up to the horizon.</summary>
    private int Reach(long at)
    {
        var from = at + _diagonal;
        var count = (int)Math.Min(Horizon, Math.Min(_targetLength - at, from < 0 ? 0 : _sourceLength - from));
        if (count <= 0) return MaxWrong;
        var wrong = ~CommonBytes.EqualMask(_target + at, _source + from, count);
        // Behind the end of either, every byte counts as wrong.
        for (var i = 0; i < MaxWrong; i++) wrong &= wrong - 1;
        return wrong == 0 ? Horizon : BitOperations.TrailingZeroCount(wrong);
    }

    private bool TrySearch(long at, long reach, out long diagonal, out long length)
    {
        diagonal = length = 0;
        var bestScore = 0L;
        foreach (var recent in _recent)
        {
            if (recent == _diagonal) continue;
            var run = Run(at, recent);
            if (run >= MinRecent && run > reach) Consider(at, recent, run, ref bestScore, ref diagonal, ref length);
        }

        if (_targetLength - at >= SeedHash.LongSeed + Ahead + sizeof(ulong))
        {
            _short.Prefetch(SeedTable.Hash(_target + at + Ahead));
            _long.Prefetch(SeedHash.Of32(_target + at + Ahead));
            var offsets = stackalloc long[SeedTable.Ways + SourceIndex.Ways];
            var count = _short.Lookup(SeedTable.Hash(_target + at), offsets);
            count += _long.Lookup(SeedHash.Of32(_target + at), offsets + count);
            for (var i = 0; i < count; i++)
            {
                var other = offsets[i] - at;
                if (other == _diagonal || other == diagonal) continue;
                var run = Run(at, other);
                if (run >= MinElsewhere && run > reach) Consider(at, other, run, ref bestScore, ref diagonal, ref length);
            }
        }

        return bestScore > 0;
    }

    private void Consider(long at, long other, long run, ref long bestScore, ref long diagonal, ref long length)
    {
        var score = Score(at, other, run);
        if (score < bestScore || score == bestScore && Math.Abs(other - _diagonal) >= Math.Abs(diagonal - _diagonal)) return;
        (bestScore, diagonal, length) = (score, other, run);
    }

    /// <summary>How many bytes agree from here on, as long as half of them do.</summary>
    private long Score(long at, long diagonal, long run)
    {
        const int Most = 1024;
        var score = run;
        at += run;
        var from = at + diagonal;
        var left = Math.Min(_targetLength - at, _sourceLength - from);
        for (; score < Most && left >= 64; at += 64, from += 64, left -= 64)
        {
            var equal = BitOperations.PopCount(CommonBytes.EqualMask(_target + at, _source + from, 64));
            if (equal < 32) break;
            score += equal;
        }

        return score;
    }

    /// <summary>Where to stop following the present diagonal: beyond it less than half of the bytes agree.</summary>
    private long ForwardEnd(long settled, long limit)
    {
        long score = 0, best = 0;
        var end = settled;
        limit = Math.Min(limit, _sourceLength - _diagonal);
        for (var i = Math.Max(settled, -_diagonal); i < limit; i++)
        {
            score += _target[i] == _source[i + _diagonal] ? 1 : -1;
            if (score <= best) continue;
            best = score;
            end = i + 1;
        }

        return end;
    }

    /// <summary>How far back a new diagonal holds.</summary>
    private long BackwardStart(long at, long diagonal, long limit)
    {
        long score = 0, best = 0;
        var start = at;
        limit = Math.Max(limit, -diagonal);
        for (var i = at - 1; i >= limit; i--)
        {
            score += _target[i] == _source[i + diagonal] ? 1 : -1;
            if (score <= best) continue;
            best = score;
            start = i;
        }

        return start;
    }

    /// <summary>Where both diagonals claim bytes: the place to change from one to the other.</summary>
    private long Split(long from, long to, long diagonal)
    {
        long score = 0, best = 0;
        var split = from;
        for (var i = from; i < to; i++)
        {
            if (_target[i] == _source[i + _diagonal]) score++;
            if (_target[i] == _source[i + diagonal]) score--;
            if (score <= best) continue;
            best = score;
            split = i + 1;
        }

        return split;
    }
}
