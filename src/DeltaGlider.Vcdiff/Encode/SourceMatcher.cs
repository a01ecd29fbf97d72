using System.Runtime.CompilerServices;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Finds the long copies from the source for one window. It stays on the current diagonal (source offset minus
/// target offset) as long as bytes agree, looks for the same diagonal again after an edit, and asks the index
/// only when both fail; so a target that equals its source never needs an index.
/// </summary>
internal sealed unsafe class SourceMatcher(SourceBuffer source, Func<CancellationToken, SourceIndex> getIndex)
{
    /// <summary>What the same diagonal must give to be taken up again.</summary>
    private const int MinOnDiagonal = 16;

    /// <summary>How far past an edit the same diagonal is looked for before the index is asked.</summary>
    private const int ResyncReach = 64;

    private const int RecentDiagonals = 4;
    private const int Batch = 32;

    /// <summary>Misses before the search starts to skip, as a power of two, and the longest skip: odd, so that every phase of the index's step is met.</summary>
    private const int SkipShift = 9, MaxSkip = 17;

    /// <summary>Candidates longer than this are all good: the nearer one wins.</summary>
    private const int CompareCap = 4096;

    private readonly long[] _recent = new long[RecentDiagonals];
    private byte* _target;
    private int _length;
    private long _position;
    private long _diagonal;
    private int _literalStart;
    private NativeList<Match> _matches = null!;

    /// <summary>Fills <paramref name="matches"/>, in target order, for the window at <paramref name="position"/> of the target.</summary>
    public void Find(byte* target, int length, long position, NativeList<Match> matches, CancellationToken cancellationToken)
    {
        _target = target;
        _length = length;
        _position = position;
        _matches = matches;
        _diagonal = 0;
        _literalStart = 0;
        Array.Clear(_recent);
        matches.Clear();
        if (source.Length == 0) return;

        var at = 0;
        for (uint turn = 1; at < length; turn++)
        {
            if (turn % 1024 == 0) cancellationToken.ThrowIfCancellationRequested();
            if (!TryFollow(at, out var start) && !TryIndex(at, out start, cancellationToken)) return;
            at = Take(start);
        }
    }

    /// <summary>Looks at the current diagonal here and a little further on, and at the other recent ones here.</summary>
    private bool TryFollow(int at, out int start)
    {
        start = at;
        var here = OnDiagonal(at, _diagonal);
        if (here >= MinOnDiagonal) return true;
        var best = 2L * MinOnDiagonal - 1;
        var bestDiagonal = _diagonal;
        foreach (var diagonal in _recent)
        {
            var length = OnDiagonal(at, diagonal);
            if (length <= best) continue;
            best = length;
            bestDiagonal = diagonal;
        }
        if (bestDiagonal != _diagonal)
        {
            _diagonal = bestDiagonal;
            return true;
        }
        var end = Math.Min(at + ResyncReach, _length - MinOnDiagonal);
        for (start = at + (int)here + 1; start <= end; start++)
            if (IsOnDiagonal(start)) return true;
        start = at;
        return false;
    }

    private bool TryIndex(int at, out int start, CancellationToken cancellationToken)
    {
        start = at;
        if (_length - at < SeedHash.LongSeed || source.Length < SeedHash.LongSeed) return false;
        var index = getIndex(cancellationToken);
        var hashes = stackalloc ulong[Batch];
        var offsets = stackalloc long[SourceIndex.Ways];
        var misses = 0;
        var last = _length - SeedHash.LongSeed;
        while (at <= last)
        {
            if ((misses & 0xFFFF) >= 0xFFFF - Batch) cancellationToken.ThrowIfCancellationRequested();
            var step = Math.Min(1 + (misses >> SkipShift), MaxSkip);
            // The first looks after a copy usually succeed: do not hash far ahead of them.
            var count = Math.Min(misses == 0 ? Batch / 4 : Batch, (last - at) / step + 1);
            for (var i = 0; i < count; i++)
            {
                hashes[i] = SeedHash.Of32(_target + at + i * step);
                index.Prefetch(hashes[i]);
            }
            for (var i = 0; i < count; i++, at += step)
            {
                start = at;
                if (IsOnDiagonal(at)) return true;
                var found = index.Lookup(hashes[i], offsets);
                if (found != 0 && TryCandidates(at, offsets, found)) return true;
            }
            misses += count;
        }
        return false;
    }

    /// <summary>Picks the candidate that copies most; of those that are equally good, the one nearest to the current diagonal.</summary>
    private bool TryCandidates(int at, long* offsets, int count)
    {
        long best = SeedHash.LongSeed - 1, bestDiagonal = 0;
        for (var i = 0; i < count; i++)
        {
            var diagonal = offsets[i] - (_position + at);
            var length = Math.Min(OnDiagonal(at, diagonal), CompareCap);
            if (length < SeedHash.LongSeed) continue;
            var back = Math.Min(at - _literalStart, offsets[i]);
            length += CommonBytes.Suffix(_target + at, source.Pointer + offsets[i], Math.Min(back, CompareCap));
            if (length < best) continue;
            if (length == best && Math.Abs(diagonal - _diagonal) >= Math.Abs(bestDiagonal - _diagonal)) continue;
            best = length;
            bestDiagonal = diagonal;
        }
        if (best < SeedHash.LongSeed) return false;
        _diagonal = bestDiagonal;
        return true;
    }

    /// <summary>Takes the match on the current diagonal at <paramref name="start"/>, stretched both ways; returns its end.</summary>
    private int Take(int start)
    {
        var offset = _position + start + _diagonal;
        var back = (int)CommonBytes.Suffix(_target + start, source.Pointer + offset, Math.Min(start - _literalStart, offset));
        var forward = (int)OnDiagonal(start, _diagonal);
        _matches.Add(new Match(MatchKind.Source, start - back, back + forward, offset - back));
        _literalStart = start + forward;
        if (_recent[0] != _diagonal)
        {
            var slot = Array.IndexOf(_recent, _diagonal);
            Array.Copy(_recent, 0, _recent, 1, slot < 0 ? RecentDiagonals - 1 : slot);
            _recent[0] = _diagonal;
        }
        return _literalStart;
    }

    /// <summary>Bytes that agree on a diagonal from <paramref name="at"/> on.</summary>
    private long OnDiagonal(int at, long diagonal)
    {
        var offset = _position + at + diagonal;
        if (offset < 0 || offset >= source.Length) return 0;
        return CommonBytes.Prefix(_target + at, source.Pointer + offset, Math.Min(_length - at, source.Length - offset));
    }

    /// <summary>Whether at least <see cref="MinOnDiagonal"/> bytes agree on the current diagonal: two loads in the usual case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOnDiagonal(int at)
    {
        var offset = _position + at + _diagonal;
        if ((ulong)offset > (ulong)Math.Max(source.Length - MinOnDiagonal, 0) || offset + MinOnDiagonal > source.Length) return false;
        var a = _target + at;
        var b = source.Pointer + offset;
        return Unsafe.ReadUnaligned<ulong>(a) == Unsafe.ReadUnaligned<ulong>(b)
            && Unsafe.ReadUnaligned<ulong>(a + 8) == Unsafe.ReadUnaligned<ulong>(b + 8);
    }
}
