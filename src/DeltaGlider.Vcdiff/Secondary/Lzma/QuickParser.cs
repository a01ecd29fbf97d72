using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// Takes the first match it sees, of one candidate at each position: the last distance, or the last place of the
/// same few bytes. Its table stays in the processor's cache.
/// </summary>
internal sealed unsafe class QuickParser(int maxDistance) : ILzmaParser
{
    private const int MaxSteps = 256, Bits = 16, Seed = 5;

    /// <summary>Matches are looked for as long as so many bytes are left.</summary>
    private const int Margin = sizeof(ulong);

    /// <summary>A match of four bytes saves nothing when it is from farther away than this.</summary>
    private const int FarDistance = 1 << 12, MinFarLength = 5;

    private readonly uint* _table = (uint*)NativeMemory.AllocZeroed(1 << Bits, sizeof(uint));
    private byte* _data;
    private int _length;

    public void Restart()
    {
        NativeMemory.Clear(_table, sizeof(uint) << Bits);
        _length = 0;
    }

    public void Continue(byte* data, int length)
    {
        _data = data;
        _length = length;
    }

    public void Slide(int count)
    {
        for (var at = 0; at < 1 << Bits; at++) _table[at] = _table[at] > (uint)count ? _table[at] - (uint)count : 0;
        _length -= count;
    }

    public void Parse(int position, LzmaSymbolWriter writer, NativeList<LzmaStep> steps)
    {
        // The one place among the last distances that is looked at.
        var last = writer.State.Rep0;
        for (var count = 0; count < MaxSteps && position < _length; count++)
        {
            if (_length - position < Margin)
            {
                steps.Add(LzmaStep.OneLiteral);
                position++;
                continue;
            }
            var here = _data + position;
            var eight = Encode.SeedHash.Load(here);
            var slot = _table + Hash(eight);
            var candidate = *slot;
            *slot = (uint)position + 1;
            var step = Choose(position, last, candidate, eight);
            steps.Add(step);
            if (step.IsLiteral)
            {
                position++;
                continue;
            }
            if (step.Code >= LzmaStep.Distances) last = step.Code - LzmaStep.Distances;
            position += step.Length;
            // One place within the match is enough for it to be found again.
            if (_length - position >= Margin) _table[Hash(Encode.SeedHash.Load(_data + position - 2))] = (uint)position - 1;
        }
    }

    public void Dispose() => NativeMemory.Free(_table);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LzmaStep Choose(int position, uint last, uint candidate, ulong eight)
    {
        var limit = Math.Min(LzmaModel.MaxMatchLength, _length - position);
        var here = _data + position;
        if (last < (uint)position && (uint)eight == (uint)Encode.SeedHash.Load(here - last - 1))
            return new LzmaStep(MatchFinder.CommonLength(here - last - 1, here, sizeof(uint), limit), 0);
        var distance = (uint)position - candidate;
        if (candidate == 0 || distance >= (uint)maxDistance) return LzmaStep.OneLiteral;
        var difference = Encode.SeedHash.Load(here - distance - 1) ^ eight;
        if ((uint)difference != 0) return LzmaStep.OneLiteral;
        var length = difference != 0
            ? BitOperations.TrailingZeroCount(difference) >> 3
            : MatchFinder.CommonLength(here - distance - 1, here, sizeof(ulong), limit);
        return length < MinFarLength && distance >= FarDistance ? LzmaStep.OneLiteral : new LzmaStep(length, distance + LzmaStep.Distances);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ulong eight) => Encode.SeedHash.OfShort(eight, Seed, Bits);
}
