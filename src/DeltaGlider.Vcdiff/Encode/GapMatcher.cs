using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Fills the gaps between the long source copies with short ones: from the source around the place where the gap
/// belongs, from the target window itself, and runs. Text needs it: an edited line shares its words with the old.
/// </summary>
internal sealed unsafe class GapMatcher(SourceBuffer source) : IDisposable
{
    /// <summary>A shorter gap has no room for a copy that pays.</summary>
    private const int MinGap = 8;

    private const int MinRun = 8;
    private const int TableBits = 15;
    private const int SourceSeed = 6, TargetSeed = 5;

    /// <summary>Source bytes indexed on either side of a gap: this many times the gap's length, up to the limit.</summary>
    private const int MarginFactor = 8, MaxMargin = 32 * 1024;

    /// <summary>What a copy must save to be worth breaking the literals around it.</summary>
    private const int MinGain = 2;

    private const int SkipShift = 8, MaxSkip = 24;

    private readonly ShortSeedTable _sourceSeeds = new(TableBits);
    private readonly ShortSeedTable _targetSeeds = new(TableBits);
    private byte* _target;
    private int _length;
    private long _indexedFrom, _indexedTo;
    private NativeList<Match> _output = null!;

    /// <summary>Copies <paramref name="input"/> to <paramref name="output"/>, with what was found in between.</summary>
    public void Fill(byte* target, int length, long position, NativeList<Match> input, NativeList<Match> output, CancellationToken cancellationToken)
    {
        _target = target;
        _length = length;
        _output = output;
        _indexedFrom = _indexedTo = 0;
        _sourceSeeds.Clear();
        _targetSeeds.Clear();
        output.Clear();

        var at = 0;
        var sourceAt = Math.Min(position, source.Length);
        for (var i = 0; i <= input.Count; i++)
        {
            var end = i < input.Count ? input[i].Start : length;
            if (end - at >= MinGap)
            {
                if (i < input.Count) IndexSource(input[i].Address - Math.Min(end - at, MaxMargin), input[i].Address, end - at);
                FillGap(at, end, sourceAt, cancellationToken);
            }
            if (i == input.Count) break;
            output.Add(input[i]);
            at = input[i].End;
            sourceAt = input[i].Address + input[i].Length;
        }
    }

    public void Dispose()
    {
        _sourceSeeds.Dispose();
        _targetSeeds.Dispose();
    }

    private void FillGap(int start, int end, long sourceAt, CancellationToken cancellationToken)
    {
        var gap = end - start;
        var literals = start;
        var misses = 0;
        var nextIndexing = start;
        uint turn = 0;
        for (var at = start; at + 8 <= end && at + 8 <= _length;)
        {
            if (++turn % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            if (at >= nextIndexing)
            {
                // The source is indexed a little ahead of the gap's own place in it, so that a long gap slides along.
                var ahead = Math.Min(gap, 4096);
                IndexSource(sourceAt + (at - start), sourceAt + (at - start) + ahead, gap);
                nextIndexing = at + ahead;
            }
            var match = FindBest(at, literals, end, out var gain);
            if (gain < MinGain)
            {
                Remember(at);
                misses++;
                at += Math.Min(1 + (misses >> SkipShift), MaxSkip);
                continue;
            }
            // One step of patience: the next byte may start something better.
            if (at + 9 <= end && match.Length < 64)
            {
                var later = FindBest(at + 1, literals, end, out var laterGain);
                if (laterGain > gain + 1) match = later;
            }
            misses = 0;
            _output.Add(match);
            for (var inside = at; inside < match.End && inside + 8 <= _length; inside += match.Length > 256 ? 16 : 1) Remember(inside);
            at = literals = match.End;
        }
    }

    private Match FindBest(int at, int literals, int end, out int gain)
    {
        var eight = SeedHash.Load(_target + at);
        gain = 0;
        Match best = default;
        if (eight == (byte)eight * 0x0101010101010101UL)
        {
            var run = 8;
            while (at + run < end && _target[at + run] == (byte)eight) run++;
            gain = run - 4;
            best = new Match(MatchKind.Run, at, run, 0);
            if (run >= MinRun * 4) return best;
        }
        var targets = _targetSeeds.Bucket(SeedHash.OfShort(eight, TargetSeed, TableBits));
        for (var way = 0; way < ShortSeedTable.Ways; way++)
        {
            var from = (int)targets[way] - 1;
            if (from < 0 || from >= at) continue;
            var length = (int)CommonBytes.Prefix(_target + at, _target + from, end - at);
            var worth = length - Cost(length, at - from);
            if (length < TargetSeed || worth <= gain) continue;
            gain = worth;
            best = new Match(MatchKind.Target, at, length, from);
        }
        var sources = _sourceSeeds.Bucket(SeedHash.OfShort(eight, SourceSeed, TableBits));
        for (var way = 0; way < ShortSeedTable.Ways; way++)
        {
            if (sources[way] == 0) continue;
            var from = _indexedFrom + (sources[way] - 1);
            var length = (int)CommonBytes.Prefix(_target + at, source.Pointer + from, Math.Min(end - at, source.Length - from));
            if (length < SourceSeed) continue;
            var back = (int)CommonBytes.Suffix(_target + at, source.Pointer + from, Math.Min(at - literals, from));
            var worth = length + back - Cost(length + back, 1 << 13);
            if (worth <= gain) continue;
            gain = worth;
            best = new Match(MatchKind.Source, at - back, length + back, from - back);
        }
        return best;
    }

    /// <summary>Bytes that a copy takes in the delta: opcode, size and address, and the literals it breaks in two.</summary>
    private static int Cost(int length, int distance) =>
        2 + (length > Format.CodeTable.MaxInlineCopy ? 1 : 0) + (distance < 1 << 7 ? 1 : distance < 1 << 14 ? 2 : distance < 1 << 21 ? 3 : 4);

    private void Remember(int at) =>
        _targetSeeds.Insert(SeedHash.OfShort(SeedHash.Load(_target + at), TargetSeed, TableBits), (uint)at + 1);

    /// <summary>Makes the source from <paramref name="from"/> to <paramref name="to"/>, and a margin, known.</summary>
    private void IndexSource(long from, long to, int gap)
    {
        var margin = Math.Min((long)gap * MarginFactor, MaxMargin);
        from = Math.Max(from - margin, 0);
        to = Math.Min(to + margin, source.Length - 8);
        if (from < _indexedFrom || from > _indexedTo || _indexedTo - _indexedFrom > int.MaxValue)
        {
            _sourceSeeds.Clear();
            _indexedFrom = _indexedTo = from;
        }
        for (var at = Math.Max(from, _indexedTo); at < to; at++)
            _sourceSeeds.Insert(SeedHash.OfShort(SeedHash.Load(source.Pointer + at), SourceSeed, TableBits), (uint)(at - _indexedFrom) + 1);
        _indexedTo = Math.Max(to, _indexedTo);
    }
}
