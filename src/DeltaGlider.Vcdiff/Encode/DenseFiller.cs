using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Searches the gaps that hold compressed or random data, of which LZMA saves little: for short copies from the
/// source, and for what occurred before in gaps of the same window.
/// </summary>
/// <param name="source">What is copied from.</param>
/// <param name="tolerance">How uneven data may be to count as compressed: LZMA must be of the same opinion.</param>
internal sealed unsafe class DenseFiller(SourceBuffer source, int tolerance) : IDisposable
{
    private const int MinGap = 1024;

    /// <summary>A gap is searched in blocks, each beside the source that lies on the line between the copies around the gap.</summary>
    private const int Block = 128 * 1024, MaxMargin = 256 * 1024, MinMargin = 4 * 1024;

    /// <summary>A source of this size is known from end to end: archives are full of things that moved.</summary>
    private const int WholeSource = 8 << 20;

    /// <summary>A smaller gap of data that is a little uneven is left to LZMA, which may find more in it.</summary>
    private const int LargeGap = 64 * 1024;

    private const int MaxSkip = 15;

    private readonly DenseSearch _search = new(source);
    private int _fruitless, _skip;
    private byte* _target;

    /// <summary>Copies <paramref name="input"/> to <paramref name="output"/>, with what was found in between.</summary>
    public void Fill(byte* target, int length, long position, NativeList<Match> input, NativeList<Match> output, CancellationToken cancellationToken)
    {
        _target = target;
        _fruitless = _skip = 0;
        output.Clear();
        _search.Start(target, length, output);
        int at = 0;
        var sourceAt = Math.Min(position, source.Length);
        for (var i = 0; i <= input.Count; i++)
        {
            var isLast = i == input.Count;
            var end = isLast ? length : input[i].Start;
            if (end - at >= MinGap)
            {
                var sourceEnd = isLast ? sourceAt + (end - at) : input[i].Address;
                FillGap(at, end, sourceAt, sourceEnd, cancellationToken);
            }
            if (isLast) return;
            output.Add(input[i]);
            if (input[i].Kind == MatchKind.Source) sourceAt = input[i].Address + input[i].Length;
            at = input[i].End;
        }
    }

    public void Dispose() => _search.Dispose();

    private void FillGap(int start, int end, long sourceStart, long sourceEnd, CancellationToken cancellationToken)
    {
        for (var from = start; end - from >= MinGap;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var to = end - from <= Block + Block / 2 ? end : from + Block;
            if (_skip > 0 || !Compressibility.IsDense(_target + from, to - from, end - start < LargeGap ? Compressibility.Slight : tolerance))
            {
                if (_skip > 0) _skip--;
                from = to;
                continue;
            }
            if (source.Length <= WholeSource) _search.Know(0, source.Length);
            else KnowBeside(from - start, to - start, end - start, sourceStart, sourceEnd);
            var found = _search.Run(from, to, sourceStart + (from - start));
            // Data that is related has something in every block; each block that has nothing makes the next look later.
            _fruitless = found ? 0 : Math.Min(_fruitless + 1, MaxSkip);
            if (to - from >= Block) _skip = _fruitless;
            from = to;
        }
    }

    private void KnowBeside(int from, int to, int length, long sourceStart, long sourceEnd)
    {
        var margin = Math.Clamp((to - from) * 4, MinMargin, MaxMargin);
        var slope = (double)(sourceEnd - sourceStart) / length;
        // Where the gap has no counterpart, or one of another size by far, its ends are all there is to go by.
        if (slope is < 0.5 or > 2) slope = 1;
        _search.Know(sourceStart + (long)(from * slope) - margin, sourceStart + (long)(to * slope) + margin);
    }
}
