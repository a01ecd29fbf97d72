using System.Runtime.CompilerServices;
using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Finds the long copies from the source for one window. It stays on the current diagonal (source offset minus
/// target offset) as long as bytes agree; after an edit it looks for the same diagonal, for a nearby one, and,
/// where those give little, in the index; so a target that equals its source never needs an index.
/// </summary>
internal sealed unsafe class SourceMatcher(SourceBuffer source, SharedIndex index, MatchTuning tuning)
{
    /// <summary>What a quick look at the current diagonal compares.</summary>
    private const int QuickLook = 16;

    /// <summary>A copy of this length is taken without a look for a better one.</summary>
    private const int Strong = 256;

    /// <summary>How far past an edit the same diagonal is looked for before anything else is.</summary>
    private const int ResyncReach = 64;

    /// <summary>A gap of so much compressed or random data is left to <see cref="DenseFiller"/>.</summary>
    private const int LargeGap = 64 * 1024;

    private const int RecentDiagonals = 4;
    private const int Batch = 32;

    /// <summary>Misses before the search starts to skip, as a power of two, and the longest skip: odd, so that every phase of the index's step is met.</summary>
    private const int SkipShift = 9, MaxSkip = 17;

    /// <summary>Candidates that are equal for longer than this are equally good: the nearer one wins.</summary>
    private const int CompareCap = 4096;

    private readonly int _minOnDiagonal = Math.Max(tuning.MinOnDiagonal, QuickLook);
    private readonly int _minElsewhere = Math.Max(tuning.MinSourceCopy, SeedHash.LongSeed);
    private readonly EditFinder _edits = new();
    private readonly long[] _recent = new long[RecentDiagonals];
    private byte* _target;
    private int _length;
    private long _position;
    private long _diagonal;
    private int _literalStart;

    /// <summary>The next long copy as seen from a position, and what lies between.</summary>
    private Candidate _landmark;
    private int _scoutedFrom, _gapEnd;
    private bool _isGapDense;

    /// <summary>Fills <paramref name="matches"/>, in target order, for the window at <paramref name="position"/> of the target.</summary>
    public void Find(byte* target, int length, long position, NativeList<Match> matches, CancellationToken cancellationToken)
    {
        _target = target;
        _length = length;
        _position = position;
        _diagonal = 0;
        _literalStart = 0;
        _scoutedFrom = int.MaxValue;
        Array.Clear(_recent);
        matches.Clear();
        if (source.Length == 0) return;

        for (uint turn = 1; _literalStart < length; turn++)
        {
            if (turn % 1024 == 0) cancellationToken.ThrowIfCancellationRequested();
            var chosen = ChooseNext(_literalStart, cancellationToken);
            if (chosen.Length == 0) return;
            matches.Add(new Match(MatchKind.Source, chosen.Start, chosen.Length, _position + chosen.Start + chosen.Diagonal));
            _literalStart = chosen.End;
            _diagonal = chosen.Diagonal;
            var slot = Array.IndexOf(_recent, _diagonal);
            if (slot == 0) continue;
            Array.Copy(_recent, 0, _recent, 1, slot < 0 ? RecentDiagonals - 1 : slot);
            _recent[0] = _diagonal;
        }
    }

    /// <summary>The next copy at or after <paramref name="at"/>; an empty one when there is none.</summary>
    private Candidate ChooseNext(int at, CancellationToken cancellationToken)
    {
        var near = Resume(at);
        if (near.Length >= Strong) return near;
        var edited = Continue(at);
        if (edited.Length > near.Length) near = edited;
        if (near.Length >= Strong && near.Start - at < _minElsewhere) return near;

        var far = SearchIndex(at, near.Length > 0 ? near.End : _length, cancellationToken);
        if (far.Length == 0) return near;
        if (near.Length == 0) return far;
        if (far.Start >= near.Start) return far.End > near.End && far.Start < near.Start + _minOnDiagonal ? far : near;
        if (far.Start < near.Start && far.End - near.Start > near.Length) return far;
        // Something from elsewhere was put in before the old goes on: take it only as far as that.
        var cut = far with { End = Math.Min(far.End, near.Start) };
        return cut.Length >= _minElsewhere ? cut : near;
    }

    /// <summary>The current diagonal, here or a little further on, or another recent one here.</summary>
    private Candidate Resume(int at)
    {
        var best = Extend(at, _diagonal);
        if (best.Length < _minOnDiagonal)
        {
            var end = Math.Min(at + ResyncReach, _length - _minOnDiagonal);
            var start = at + 1;
            while (start <= end && !IsOnDiagonal(start)) start++;
            best = start <= end ? Extend(start, _diagonal) : default;
        }
        foreach (var diagonal in _recent)
        {
            var candidate = Extend(at, diagonal);
            if (candidate.Length >= _minElsewhere && candidate.Length > best.Length) best = candidate;
        }
        return best;
    }

    /// <summary>Where the old goes on after an edit that moved it.</summary>
    private Candidate Continue(int at)
    {
        var offset = _position + at + _diagonal;
        if (offset < 0 || offset > source.Length) return default;
        return _edits.TryFind(_target + at, _length - at, source.Pointer + offset, offset, source.Length - offset, out var skip, out var shift)
            ? Extend(at + skip, _diagonal + shift)
            : default;
    }

    /// <summary>
    /// What the index has at or after a position. Before the whole source is indexed, the sparse index says where the
    /// next long copy is: what lies before it may be of a kind in which nothing short would be found.
    /// </summary>
    private Candidate SearchIndex(int at, int limit, CancellationToken cancellationToken)
    {
        if (_length - at < SeedHash.LongSeed || source.Length < SeedHash.LongSeed) return default;
        if (!index.HasSparse || limit < _length) return Search(index.Full(cancellationToken), at, limit, cancellationToken);
        if (at < _scoutedFrom || at > _gapEnd) Scout(at, cancellationToken);
        if (_gapEnd - at < SeedHash.LongSeed || _isGapDense) return _landmark;
        var near = Search(index.Full(cancellationToken), at, _gapEnd, cancellationToken);
        return near.Length > 0 ? near : _landmark;
    }

    private void Scout(int at, CancellationToken cancellationToken)
    {
        _landmark = Search(index.Sparse(cancellationToken), at, _length, cancellationToken);
        _scoutedFrom = at;
        _gapEnd = _landmark.Length > 0 ? _landmark.Start : _length;
        _isGapDense = _gapEnd - at >= LargeGap;
        for (var from = at; _isGapDense && from < _gapEnd; from += LargeGap)
            _isGapDense = Compressibility.IsDense(_target + from, Math.Min(LargeGap, _gapEnd - from));
    }

    /// <summary>Looks a long seed up at each position before <paramref name="limit"/>.</summary>
    private Candidate Search(SourceIndex index, int at, int limit, CancellationToken cancellationToken)
    {
        var hashes = stackalloc ulong[Batch];
        var offsets = stackalloc long[SourceIndex.Ways];
        var misses = 0;
        var last = Math.Min(_length - SeedHash.LongSeed, limit - 1);
        Candidate best = default;
        while (at <= last)
        {
            if ((misses & 0xFFFF) >= 0xFFFF - Batch) cancellationToken.ThrowIfCancellationRequested();
            var step = Math.Min(1 + (misses >> SkipShift), MaxSkip);
            // The first looks after a copy usually succeed: do not hash far ahead of them.
            var count = Math.Min(misses == 0 ? Batch / 2 : Batch, (last - at) / step + 1);
            for (var i = 0; i < count; i++)
            {
                hashes[i] = SeedHash.Of32(_target + at + i * step);
                index.Prefetch(hashes[i]);
            }
            for (var i = 0; i < count; i++, at += step)
            {
                // The current diagonal was looked at for a while already; this finds it after longer edits.
                if (best.Length == 0 && IsOnDiagonal(at)) return Extend(at, _diagonal);
                var found = index.Lookup(hashes[i], offsets);
                if (found == 0) continue;
                var candidate = Pick(at, offsets, found);
                if (candidate.Length < _minElsewhere) continue;
                if (candidate.Length >= Strong) return candidate;
                if (best.Length == 0)
                {
                    // A short one: a longer one may start within it.
                    best = candidate;
                    last = Math.Min(last, Math.Min(at + Batch, candidate.End - 1));
                }
                else if (candidate.Length > best.Length) best = candidate;
            }
            misses += count;
        }
        return best;
    }

    /// <summary>The place that gives most; of those that are equally good, the one nearest to the current diagonal.</summary>
    private Candidate Pick(int at, long* offsets, int count)
    {
        Candidate best = default;
        for (var i = 0; i < count; i++)
        {
            var candidate = Extend(at, offsets[i] - (_position + at));
            if (candidate.End - at < _minElsewhere) continue;
            var better = Math.Min(candidate.Length, CompareCap) - Math.Min(best.Length, CompareCap);
            if (better > 0 || better == 0 && Math.Abs(candidate.Diagonal - _diagonal) < Math.Abs(best.Diagonal - _diagonal)) best = candidate;
        }
        return best;
    }

    /// <summary>All that agrees on a diagonal around <paramref name="at"/>, back to the end of the last copy.</summary>
    private Candidate Extend(int at, long diagonal)
    {
        var offset = _position + at + diagonal;
        if (offset < 0 || offset >= source.Length) return default;
        var from = source.Pointer + offset;
        var forward = (int)CommonBytes.Prefix(_target + at, from, Math.Min(_length - at, source.Length - offset));
        if (forward == 0) return default;
        var back = (int)CommonBytes.Suffix(_target + at, from, Math.Min(at - _literalStart, offset));
        return new Candidate(at - back, at + forward, diagonal);
    }

    /// <summary>Whether at least <see cref="QuickLook"/> bytes agree on the current diagonal: two loads in the usual case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOnDiagonal(int at)
    {
        var offset = _position + at + _diagonal;
        if (offset < 0 || offset > source.Length - QuickLook) return false;
        var a = _target + at;
        var b = source.Pointer + offset;
        return Unsafe.ReadUnaligned<ulong>(a) == Unsafe.ReadUnaligned<ulong>(b)
            && Unsafe.ReadUnaligned<ulong>(a + 8) == Unsafe.ReadUnaligned<ulong>(b + 8);
    }
}
