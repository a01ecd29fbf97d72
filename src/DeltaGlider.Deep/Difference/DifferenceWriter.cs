using DeltaGlider.Vcdiff.Encode;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep.Difference;

/// <summary>Sorts a target into columns by its covers.</summary>
internal sealed unsafe class DifferenceWriter
{
    /// <summary>Fewer right bytes than this between wrong ones are listed with them: it keeps patterns together.</summary>
    private const int MinRight = 32;

    private readonly byte* _source;
    private readonly byte* _target;
    private readonly DifferenceColumns _columns;
    private long _diagonal;
    private long _at;

    public DifferenceWriter(byte* source, byte* target, DifferenceColumns columns)
    {
        _source = source;
        _target = target;
        _columns = columns;
    }

    public void Write(NativeList<Cover> covers, long targetLength, CancellationToken cancellationToken)
    {
        foreach (ref readonly var cover in covers.Span)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsWorthIt(cover)) continue;
            _columns.Covers.AppendVarint(cover.Target - _at);
            AppendLiterals(cover.Target);
            var turn = cover.Diagonal - _diagonal;
            _columns.Covers.AppendVarint((turn << 1) ^ (turn >> 63));
            _columns.Covers.AppendVarint(cover.Length);
            _diagonal = cover.Diagonal;
            WriteCover(cover);
            _at = cover.End;
        }

        AppendLiterals(targetLength);
    }

    /// <summary>A short cover takes more to say than literals would.</summary>
    private bool IsWorthIt(in Cover cover)
    {
        const int Sure = 64, MinEqual = 16, MinEqualElsewhere = 24;
        if (cover.Length >= Sure) return true;
        long equal = 0;
        for (long i = 0; i < cover.Length; i++)
            if (_target[cover.Target + i] == _source[cover.Source + i]) equal++;
        return equal >= (Math.Abs(cover.Diagonal - _diagonal) < 1 << 12 ? MinEqual : MinEqualElsewhere);
    }

    private void WriteCover(in Cover cover)
    {
        var source = _source + cover.Source;
        var target = _target + cover.Target;
        for (long at = 0; at < cover.Length;)
        {
            var right = CommonBytes.Prefix(target + at, source + at, cover.Length - at);
            _columns.Runs.AppendVarint(right);
            at += right;
            if (at == cover.Length) return;
            var start = at;
            for (at++; at < cover.Length;)
            {
                right = CommonBytes.Prefix(target + at, source + at, Math.Min(MinRight, cover.Length - at));
                if (right == MinRight || at + right == cover.Length) break;
                at += right + 1;
            }

            _columns.Runs.AppendVarint(at - start);
            for (; start < at; start++) _columns.Differences.Append((byte)(target[start] - source[start]));
        }
    }

    private void AppendLiterals(long end)
    {
        for (; _at < end;)
        {
            var count = (int)Math.Min(end - _at, 1 << 20);
            _columns.Literals.Append(new ReadOnlySpan<byte>(_target + _at, count));
            _at += count;
        }
    }
}
