using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Searches the gaps that hold compressed or random data, of which LZMA saves nothing: for short copies from the
/// source beside the gap, and for what occurred before in gaps of the same window.
/// </summary>
/// <remarks>Both tables are small enough to stay in the processor's cache, so a look at each position is cheap.</remarks>
internal sealed unsafe class DenseFiller(SourceBuffer source) : IDisposable
{
    /// <summary>Bytes that a look compares first. A copy of so many is about what its instruction and address take.</summary>
    private const int Seed = 6;

    private const int MinGap = 512;

    /// <summary>A gap is searched in blocks, each beside the source that lies on the line between the copies around the gap.</summary>
    private const int Block = 128 * 1024, MaxMargin = 64 * 1024, MinMargin = 4 * 1024;

    private const int SourceStep = 2, SourceTableBits = 17, SourceTagBits = 13;
    private const int TargetStep = 1, TargetTableBits = 20, TargetTagBits = 7, MinTargetCopy = 8;
    private const int Ahead = 8, MaxSkip = 15;

    private readonly uint* _sourceTable = (uint*)NativeMemory.Alloc(1 << SourceTableBits, sizeof(uint));
    private readonly uint* _targetTable = (uint*)NativeMemory.Alloc(1 << TargetTableBits, sizeof(uint));
    private bool _isTargetTableClean;
    private int _fruitless, _skip;
    private byte* _target;
    private int _length;
    private long _position;
    private NativeList<Match> _output = null!;

    /// <summary>Copies <paramref name="input"/> to <paramref name="output"/>, with what was found in between.</summary>
    public void Fill(byte* target, int length, long position, NativeList<Match> input, NativeList<Match> output, CancellationToken cancellationToken)
    {
        _target = target;
        _length = length;
        _position = position;
        _output = output;
        _isTargetTableClean = false;
        _fruitless = _skip = 0;
        output.Clear();
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

    public void Dispose()
    {
        NativeMemory.Free(_sourceTable);
        NativeMemory.Free(_targetTable);
    }

    private void FillGap(int start, int end, long sourceStart, long sourceEnd, CancellationToken cancellationToken)
    {
        for (var from = start; end - from >= MinGap;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var to = end - from <= Block + Block / 2 ? end : from + Block;
            if (_skip > 0 || !Compressibility.IsDense(_target + from, to - from))
            {
                if (_skip > 0) _skip--;
                from = to;
                continue;
            }
            if (!_isTargetTableClean) NativeMemory.Clear(_targetTable, sizeof(uint) << TargetTableBits);
            _isTargetTableClean = true;
            var margin = Math.Clamp((to - from) * 4, MinMargin, MaxMargin);
            var slope = (double)(sourceEnd - sourceStart) / (end - start);
            // Where the gap has no counterpart, or one of another size by far, its ends are all there is to go by.
            if (slope is < 0.5 or > 2) slope = 1;
            var low = Math.Clamp(sourceStart + (long)((from - start) * slope) - margin, 0, source.Length);
            var high = Math.Clamp(sourceStart + (long)((to - start) * slope) + margin, low, Math.Max(low, source.Length - sizeof(ulong)));
            var found = _output.Count;
            Search(from, to, low, (int)(high - low));
            // Data that is related has something in every block; each block that has nothing makes the next look later.
            _fruitless = _output.Count > found ? 0 : Math.Min(_fruitless + 1, MaxSkip);
            if (to - from >= Block) _skip = _fruitless;
            from = to;
        }
    }

    private void Search(int from, int to, long low, int sourceCount)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)(sourceCount / SourceStep) | 1) + 1, 8, SourceTableBits);
        IndexSource(low, sourceCount, bits);
        var literals = from;
        var last = Math.Min(to, _length - Ahead - sizeof(ulong));
        for (var at = from; at < last;)
        {
            var hash = Hash(_target + at);
            var seen = _sourceTable[hash >> 64 - bits];
            if (seen >> 32 - SourceTagBits == SourceTag(hash) && TrySource(ref at, ref literals, to, low + (seen & (1u << 32 - SourceTagBits) - 1))) continue;

            var slot = _targetTable + (hash >> 64 - TargetTableBits);
            var earlier = *slot;
            if ((at & TargetStep - 1) == 0) *slot = TargetTag(hash) << 32 - TargetTagBits | (uint)at;
            if (earlier != 0 && earlier >> 32 - TargetTagBits == TargetTag(hash)
                && TryTarget(ref at, ref literals, to, (int)(earlier & (1u << 32 - TargetTagBits) - 1))) continue;
            at++;
        }
    }

    private void IndexSource(long low, int count, int bits)
    {
        NativeMemory.Clear(_sourceTable, (nuint)sizeof(uint) << bits);
        var bytes = source.Pointer + low;
        for (var at = 0; at < count; at += SourceStep)
        {
            var hash = Hash(bytes + at);
            _sourceTable[hash >> 64 - bits] = SourceTag(hash) << 32 - SourceTagBits | (uint)at;
        }
    }

    private bool TrySource(ref int at, ref int literals, int to, long from)
    {
        var length = (int)CommonBytes.Prefix(_target + at, source.Pointer + from, Math.Min(to - at, source.Length - from));
        if (length < Seed) return false;
        var back = (int)CommonBytes.Suffix(_target + at, source.Pointer + from, Math.Min(at - literals, from));
        _output.Add(new Match(MatchKind.Source, at - back, length + back, from - back));
        at = literals = at + length;
        return true;
    }

    private bool TryTarget(ref int at, ref int literals, int to, int from)
    {
        if (from >= at) return false;
        var length = (int)CommonBytes.Prefix(_target + at, _target + from, to - at);
        if (length < Seed) return false;
        var back = (int)CommonBytes.Suffix(_target + at, _target + from, Math.Min(at - literals, from));
        if (length + back < MinTargetCopy) return false;
        _output.Add(new Match(MatchKind.Target, at - back, length + back, from - back));
        at = literals = at + length;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(byte* at) => (SeedHash.Load(at) << 64 - 8 * Seed) * 0x9E3779B97F4A7C15;

    // Tags come from below the bits that choose a place: those of the largest table.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SourceTag(ulong hash) => (uint)(hash >> 64 - TargetTableBits - SourceTagBits) & (1u << SourceTagBits) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint TargetTag(ulong hash) => (uint)(hash >> 64 - TargetTableBits - TargetTagBits) & (1u << TargetTagBits) - 1;
}
