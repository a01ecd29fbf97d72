using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>Looks at each position of a stretch for the short copies that are worth their instruction and address.</summary>
internal sealed unsafe class DenseSearch(SourceBuffer source) : IDisposable
{
    /// <summary>What a copy costs in the delta, with the literals it breaks in two: about, as LZMA is still to come.</summary>
    private const int KnownCost = 3, NearCost = 3, MidCost = 4, FarCost = 5;

    private const int MinGain = 2;
    private const int NearDistance = 1 << 7, MidDistance = 1 << 14;

    private readonly DenseTable _table = new(source);
    private readonly NearRepeats _near = new();
    private byte* _target;
    private int _length;
    private NativeList<Match> _output = null!;
    private long _diagonal;
    private int _distance;
    private int _literals, _end;

    /// <summary>Starts a window.</summary>
    public void Start(byte* target, int length, NativeList<Match> output)
    {
        _target = target;
        _length = length;
        _output = output;
        _table.Forget();
        _near.Clear();
        _diagonal = _distance = 0;
    }

    /// <summary>Makes a part of the source findable.</summary>
    public void Know(long low, long high) => _table.Know(low, high);

    /// <summary>Searches a stretch of the window whose counterpart in the source is about at <paramref name="expected"/>.</summary>
    /// <returns>Whether anything was found.</returns>
    public bool Run(int from, int to, long expected)
    {
        var found = _output.Count;
        var shift = expected - from;
        var last = Math.Min(to, _length - DenseTable.Ahead - sizeof(ulong));
        _literals = from;
        _end = to;
        var hashes = stackalloc ulong[DenseTable.Ahead];
        // A copy ends the inner loop: what was asked for ahead lies within it.
        for (var at = from; at < last;)
        {
            for (var i = 0; i < DenseTable.Ahead; i++) hashes[at + i & DenseTable.Ahead - 1] = _table.Request(_target + at + i);
            for (; at < last; at++)
            {
                ref var slot = ref hashes[at & DenseTable.Ahead - 1];
                var hash = slot;
                slot = _table.Request(_target + at + DenseTable.Ahead);
                if (_table.Exchange(hash, at, out var entry) && TryFar(ref at, entry, shift)) break;
                if (_near.Find(_target, at) is var distance and > 0 && TryTarget(ref at, distance)) break;
            }
        }
        return _output.Count > found;
    }

    public void Dispose()
    {
        _table.Dispose();
        _near.Dispose();
    }

    private bool TryFar(ref int at, uint entry, long shift)
    {
        if (DenseTable.IsTarget(entry))
        {
            var from = DenseTable.TargetPlace(entry);
            return from < at && TryTarget(ref at, at - from);
        }
        return TrySource(ref at, DenseTable.SourcePlace(entry, at + shift));
    }

    private bool TrySource(ref int at, long from)
    {
        if (from < 0 || from >= source.Length) return false;
        var length = (int)CommonBytes.Prefix(_target + at, source.Pointer + from, Math.Min(_end - at, source.Length - from));
        var back = (int)CommonBytes.Suffix(_target + at, source.Pointer + from, Math.Min(at - _literals, from));
        var cost = from - at == _diagonal ? KnownCost : FarCost;
        if (length + back - cost < MinGain) return false;
        _diagonal = from - at;
        return Emit(ref at, new Match(MatchKind.Source, at - back, length + back, from - back));
    }

    private bool TryTarget(ref int at, int distance)
    {
        var from = at - distance;
        var length = (int)CommonBytes.Prefix(_target + at, _target + from, _end - at);
        var back = (int)CommonBytes.Suffix(_target + at, _target + from, Math.Min(at - _literals, from));
        var cost = distance == _distance ? KnownCost : distance < NearDistance ? NearCost : distance < MidDistance ? MidCost : FarCost;
        // ADD and COPY go into one opcode.
        if (at - back - _literals <= 4 && length + back <= 6) cost--;
        if (length + back - cost < MinGain) return false;
        _distance = distance;
        return Emit(ref at, new Match(MatchKind.Target, at - back, length + back, from - back));
    }

    private bool Emit(ref int at, in Match match)
    {
        _output.Add(match);
        at = _literals = match.End;
        return true;
    }
}
