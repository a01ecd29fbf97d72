using System.Numerics;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Fills the gaps between the long source copies with short ones on the diagonals on either side: where a few bytes
/// were changed here and there, what lies between them is still in its place. Addresses written as distances make
/// such a copy cost little more than its opcode, so it pays from a few bytes on.
/// </summary>
internal sealed unsafe class DiagonalFiller(SourceBuffer source, MatchTuning tuning)
{
    private const int Block = 64;

    private byte* _target;
    private long _position;
    private NativeList<Match> _output = null!;

    /// <summary>Copies <paramref name="input"/> to <paramref name="output"/>, with what was found in between.</summary>
    public void Fill(byte* target, int length, long position, NativeList<Match> input, NativeList<Match> output, CancellationToken cancellationToken)
    {
        _target = target;
        _position = position;
        _output = output;
        output.Clear();
        var at = 0;
        long before = 0;
        for (var i = 0; i <= input.Count; i++)
        {
            if ((i & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            var isLast = i == input.Count;
            var end = isLast ? length : input[i].Start;
            var after = isLast ? before : input[i].Address - (position + input[i].Start);
            if (end - at >= tuning.MinDiagonalCopy) FillGap(at, end, before, after);
            if (isLast) return;
            output.Add(input[i]);
            at = input[i].End;
            before = after;
        }
    }

    private void FillGap(int start, int end, long before, long after)
    {
        var done = Scan(start, end, before, before == after ? null : after);
        if (before != after) Scan(done, end, after, null);
    }

    /// <summary>Emits all runs of equal bytes that are long enough; between them, those of another diagonal.</summary>
    /// <returns>The end of the last run.</returns>
    private int Scan(int start, int end, long diagonal, long? other)
    {
        var offset = _position + start + diagonal;
        // What lies outside the source differs.
        var from = start + (int)Math.Clamp(-offset, 0, end - start);
        var to = (int)Math.Min(end, from + Math.Max(0, source.Length - (_position + from + diagonal)));
        var run = -1;
        for (var at = from; at < to; at += Block)
        {
            var count = Math.Min(Block, to - at);
            var equal = CommonBytes.EqualMask(_target + at, source.Pointer + (_position + at + diagonal), count);
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
                start = Emit(run, at + bit, start, diagonal, other);
                run = -1;
            }
        }
        return run >= 0 ? Emit(run, to, start, diagonal, other) : start;
    }

    private int Emit(int run, int end, int start, long diagonal, long? other)
    {
        if (end - run < tuning.MinDiagonalCopy) return start;
        if (other is { } second && run - start >= tuning.MinDiagonalCopy) Scan(start, run, second, null);
        _output.Add(new Match(MatchKind.Source, run, end - run, _position + run + diagonal));
        return end;
    }
}
