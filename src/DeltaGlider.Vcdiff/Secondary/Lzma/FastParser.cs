using System.Runtime.CompilerServices;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>Takes the longest match that is worth it, unless the next position has a better one.</summary>
internal sealed unsafe class FastParser(MatchFinder finder, int niceLength) : ILzmaParser
{
    private const int MaxSteps = 256;

    private readonly LzmaMatch[] _matches = new LzmaMatch[LzmaModel.MaxMatchLength];
    private byte* _data;
    private int _length;

    public void Restart() => finder.Restart();

    public void Continue(byte* data, int length)
    {
        _data = data;
        _length = length;
        finder.Continue(data, length);
    }

    public void Slide(int count) => finder.Slide(count);

    public void Dispose() => finder.Dispose();

    public void Parse(int position, LzmaSymbolWriter writer, NativeList<LzmaStep> steps)
    {
        var state = writer.State;
        var main = Find(position);
        for (var count = 0; count < MaxSteps && position < _length; count++)
        {
            var step = Choose(position, state, main);
            if (step.IsLiteral)
            {
                Add(steps, ref state, step);
                if (++position < _length && count + 1 < MaxSteps) main = Find(position);
                continue;
            }

            // A literal now and a better match at the next position: look before taking this one.
            var taken = 1;
            if (step.Length < niceLength && position + 1 < _length && count + 1 < MaxSteps)
            {
                var next = Find(position + 1);
                taken = 2;
                var after = state;
                after.Apply(LzmaStep.OneLiteral);
                var later = Choose(position + 1, after, next);
                if (Worth(later) > Worth(step) + 1)
                {
                    Add(steps, ref state, LzmaStep.OneLiteral);
                    position++;
                    main = next;
                    continue;
                }
            }
            Add(steps, ref state, step);
            if (step.Length > taken) finder.Skip(position + taken, step.Length - taken);
            position += step.Length;
            // With one byte only taken, the finder may already have seen the next position.
            if (position < _length && count + 1 < MaxSteps) main = Find(position);
        }
    }

    private static void Add(NativeList<LzmaStep> steps, ref LzmaState state, LzmaStep step)
    {
        steps.Add(step);
        state.Apply(step);
    }

    /// <summary>About how many bytes a symbol saves: far distances cost more.</summary>
    private static int Worth(LzmaStep step)
    {
        if (step.IsLiteral) return 0;
        if (step.Code < LzmaStep.Distances) return step.Length + 2;
        return step.Length - (step.Code < 1 << 7 ? 0 : step.Code < 1 << 14 ? 1 : step.Code < 1 << 21 ? 2 : 3);
    }

    private LzmaMatch Find(int position)
    {
        fixed (LzmaMatch* matches = _matches)
        {
            var count = finder.Find(position, matches);
            if (count == 0) return default;
            // A slightly shorter match that is much nearer is the better one.
            while (count > 1 && matches[count - 2].Length + 1 == matches[count - 1].Length
                && matches[count - 2].Distance < matches[count - 1].Distance >> 7) count--;
            return matches[count - 1];
        }
    }

    private LzmaStep Choose(int position, in LzmaState state, LzmaMatch main)
    {
        var limit = Math.Min(LzmaModel.MaxMatchLength, _length - position);
        var best = LzmaStep.OneLiteral;
        if (limit < LzmaModel.MinMatchLength) return best;
        for (uint rep = 0; rep < LzmaStep.Distances; rep++)
        {
            var distance = state[rep];
            if (distance >= (uint)position || !StartsEqual(_data + position - distance - 1, _data + position)) continue;
            var length = MatchFinder.CommonLength(_data + position - distance - 1, _data + position, 0, limit);
            if (best.IsLiteral || length > best.Length) best = new(length, rep);
        }
        if (main.Length < LzmaModel.MinMatchLength) return best;
        // Two bytes are worth a new distance only when it is short.
        if (main.Length == 2 && main.Distance >= 1 << 7) return best;
        if (main.Length == 3 && main.Distance >= 1 << 14) return best;
        var step = new LzmaStep(main.Length, main.Distance + LzmaStep.Distances);
        return Worth(step) > Worth(best) ? step : best;
    }

    /// <summary>Whether the first two bytes are equal, the least that a match has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool StartsEqual(byte* a, byte* b) => Unsafe.ReadUnaligned<ushort>(a) == Unsafe.ReadUnaligned<ushort>(b);
}
