using System.Numerics;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Fills the gaps between the copies with short ones on the diagonals on either side: where a few bytes were changed
/// here and there, what lies between them is still in its place. Addresses written as distances make such a copy cost
/// little more than its opcode, so it pays from a few bytes on.
/// </summary>
internal sealed unsafe class DiagonalFiller(SourceBuffer source, MatchTuning tuning)
{
    private const int Block = 64, MaxDiagonals = 4;

    private readonly Diagonal[] _diagonals = new Diagonal[MaxDiagonals];
    private int _count;
    private byte* _target;
    private long _position;
    private NativeList<Match> _output = null!;

    /// <summary>Where a copy comes from, as an offset against where it goes.</summary>
    private readonly record struct Diagonal(MatchKind Kind, long Shift);

    /// <summary>Copies <paramref name="input"/> to <paramref name="output"/>, with what was found in between.</summary>
    public void Fill(byte* target, int length, long position, NativeList<Match> input, NativeList<Match> output, CancellationToken cancellationToken)
    {
        _target = target;
        _position = position;
        _output = output;
        output.Clear();
        var at = 0;
        // What the copies before the gap and after it say of where the source, and a repeat, go on.
        var (source, repeat) = (new Diagonal(MatchKind.Source, 0), default(Diagonal));
        for (var i = 0; i <= input.Count; i++)
        {
            if ((i & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            var isLast = i == input.Count;
            var end = isLast ? length : input[i].Start;
            _count = 0;
            Consider(source);
            var (nextSource, nextRepeat) = (source, repeat);
            if (!isLast && input[i].Kind == MatchKind.Source) nextSource = new Diagonal(MatchKind.Source, input[i].Address - (position + input[i].Start));
            if (!isLast && input[i].Kind == MatchKind.Target) nextRepeat = new Diagonal(MatchKind.Target, input[i].Address - input[i].Start);
            if (end - at >= tuning.MinDiagonalCopy)
            {
                Consider(nextSource);
                Consider(repeat);
                Consider(nextRepeat);
                Scan(at, end, 0);
            }
            if (isLast) return;
            output.Add(input[i]);
            at = input[i].End;
            (source, repeat) = (nextSource, nextRepeat);
        }
    }

    private void Consider(Diagonal diagonal)
    {
        if (diagonal.Kind == MatchKind.Target && diagonal.Shift == 0) return;
        for (var i = 0; i < _count; i++)
            if (_diagonals[i] == diagonal) return;
        _diagonals[_count++] = diagonal;
    }

    /// <summary>Emits all runs of equal bytes that are long enough; between them, those of the diagonals that follow.</summary>
    private void Scan(int start, int end, int which)
    {
        if (which == _count || end - start < tuning.MinDiagonalCopy) return;
        var diagonal = _diagonals[which];
        var isSource = diagonal.Kind == MatchKind.Source;
        var shift = isSource ? _position + diagonal.Shift : diagonal.Shift;
        var bytes = (isSource ? source.Pointer : _target) + shift;
        // What lies outside differs.
        var from = (int)Math.Clamp(-shift, start, end);
        var to = (int)Math.Clamp(isSource ? source.Length - shift : end, from, end);
        var run = -1;
        for (var at = from; at < to; at += Block)
        {
            var count = Math.Min(Block, to - at);
            var equal = CommonBytes.EqualMask(_target + at, bytes + at, count);
            if (equal == 0 && run < 0) continue;
            for (var bit = 0; bit < count;)
            {
                var rest = equal >> bit;
                if (run < 0)
                {
                    if (rest == 0) break;
                    bit += BitOperations.TrailingZeroCount(rest);
                    run = at + bit;
                    continue;
                }
                var ones = BitOperations.TrailingZeroCount(~rest);
                bit += ones;
                if (bit >= count) break;
                start = Emit(run, at + bit, start, which);
                run = -1;
            }
        }
        if (run >= 0) start = Emit(run, to, start, which);
        Scan(start, end, which + 1);
    }

    /// <returns>Where what is not filled starts.</returns>
    private int Emit(int run, int end, int start, int which)
    {
        if (end - run < tuning.MinDiagonalCopy) return start;
        Scan(start, run, which + 1);
        var (kind, shift) = _diagonals[which];
        _output.Add(new Match(kind, run, end - run, kind == MatchKind.Source ? _position + run + shift : run + shift));
        return end;
    }
}
