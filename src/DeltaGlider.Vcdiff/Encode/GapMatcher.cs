using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Fills the gaps between the long source copies with short ones: from the source around the place where the gap
/// belongs, from the target window itself, and runs. Text needs it: an edited line shares its words with the old.
/// </summary>
internal sealed unsafe class GapMatcher(SourceBuffer source, MatchTuning tuning) : IDisposable
{
    /// <summary>A shorter gap has no room for a copy that pays.</summary>
    private const int MinGap = 8;

    private const int MinRun = 8;
    private const int TableBits = 16, TargetSeed = 6;

    /// <summary>Source bytes indexed on either side of a gap: this many times the gap's length, up to the limit.</summary>
    private const int MarginFactor = 8, MaxMargin = 32 * 1024;

    private const int SkipShift = 8, MaxSkip = 64;

    /// <summary>Misses in a row after which the source beside a gap is taken to be unrelated.</summary>
    private const int Hopeless = 2048;

    private readonly LocalSource _local = new(source);
    private readonly ShortSeedTable _targetSeeds = new(TableBits);
    private byte* _target;
    private int _length;
    private long _diagonal;
    private readonly long[] _near = new long[4];
    private int _nextNear;
    private NativeList<Match> _output = null!;

    /// <summary>Copies <paramref name="input"/> to <paramref name="output"/>, with what was found in between.</summary>
    public void Fill(byte* target, int length, long position, NativeList<Match> input, NativeList<Match> output, CancellationToken cancellationToken)
    {
        _target = target;
        _length = length;
        _output = output;
        _local.Clear();
        Array.Fill(_near, long.MaxValue);
        _nextNear = 0;
        _targetSeeds.Clear();
        output.Clear();

        var at = 0;
        var sourceAt = Math.Min(position, source.Length);
        for (var i = 0; i <= input.Count; i++)
        {
            var end = i < input.Count ? input[i].Start : length;
            if (tuning.FillGaps && end - at >= MinGap)
            {
                var margin = Math.Min((end - at) * (long)MarginFactor, MaxMargin);
                if (i < input.Count) _local.Add(input[i].Address - margin, input[i].Address + margin);
                _diagonal = sourceAt - at;
                FillGap(at, end, margin, cancellationToken);
            }
            if (i == input.Count) break;
            output.Add(input[i]);
            at = input[i].End;
            sourceAt = input[i].Address + input[i].Length;
        }
    }

    public void Dispose()
    {
        _local.Dispose();
        _targetSeeds.Dispose();
    }

    private void FillGap(int start, int end, long margin, CancellationToken cancellationToken)
    {
        var literals = start;
        var misses = 0;
        var nextIndexing = start;
        uint turn = 0;
        for (var at = start; at + 8 <= end && at + 8 <= _length;)
        {
            if (++turn % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            if (at >= nextIndexing && misses < Hopeless)
            {
                // The source is indexed a little ahead of the gap's own place in it, so that a long gap slides along.
                var ahead = Math.Min(end - start, 4096);
                _local.Add(at + _diagonal - margin, at + _diagonal + ahead + margin);
                nextIndexing = at + ahead;
            }
            var match = FindBest(at, literals, end, out var gain);
            if (gain < tuning.MinGain)
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
            Emit(match);
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
            if (length < tuning.MinTargetCopy || worth <= gain) continue;
            gain = worth;
            best = new Match(MatchKind.Target, at, length, from);
        }
        var sources = _local.Find(eight);
        for (var way = 0; way < ShortSeedTable.Ways; way++)
        {
            if (sources[way] == 0) continue;
            var from = LocalSource.Resolve(sources[way], at + _diagonal);
            if (from < 0 || from >= source.Length) continue;
            var length = (int)CommonBytes.Prefix(_target + at, source.Pointer + from, Math.Min(end - at, source.Length - from));
            if (length < LocalSource.Seed) continue;
            var onDiagonal = from - at == _diagonal;
            if (!onDiagonal && length < tuning.MinShiftedCopy) continue;
            var back = (int)CommonBytes.Suffix(_target + at, source.Pointer + from, Math.Min(at - literals, from));
            var cost = onDiagonal && tuning.DiagonalCost > 0 ? tuning.DiagonalCost : Cost(length + back, SourceDistance(from - back));
            var worth = length + back - cost;
            if (worth <= gain) continue;
            gain = worth;
            best = new Match(MatchKind.Source, at - back, length + back, from - back);
        }
        return best;
    }

    /// <summary>Bytes that a copy takes in the delta: opcode, size and address, and the literals it breaks in two.</summary>
    private static int Cost(int length, long distance) =>
        2 + (length > Format.CodeTable.MaxInlineCopy ? 1 : 0) + (distance < 1 << 7 ? 1 : distance < 1 << 14 ? 2 : distance < 1 << 21 ? 3 : 4);

    /// <summary>What a source address will be written as: ahead of one of the last few, or in full.</summary>
    private long SourceDistance(long address)
    {
        var best = source.Length;
        foreach (var near in _near)
        {
            var ahead = address - near;
            if (ahead >= 0 && ahead < best) best = ahead;
        }
        return best;
    }

    private void Emit(in Match match)
    {
        _output.Add(match);
        if (match.Kind == MatchKind.Run) return;
        // A target address stands in the cache too, and pushes another out, but no source address is near it.
        _near[_nextNear] = match.Kind == MatchKind.Source ? match.Address : long.MaxValue;
        _nextNear = (_nextNear + 1) % _near.Length;
    }

    private void Remember(int at) =>
        _targetSeeds.Insert(SeedHash.OfShort(SeedHash.Load(_target + at), TargetSeed, TableBits), (uint)at + 1);
}
