using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using DeltaGlider.Vcdiff.Encode;

namespace DeltaGlider.Deep.Difference;

/// <summary>
/// Where in the source seeds of a few bytes occur. Programs that were compiled anew agree with their elders only from one
/// address to the next, too short for the index over long seeds. Four places a bucket, newer ones dropped.
/// </summary>
internal sealed unsafe class SeedTable : IDisposable
{
    public const int Ways = 4;

    /// <summary>Bytes that a seed looks at.</summary>
    public const int Seed = 12;

    /// <summary>The table takes 256 MiB at most.</summary>
    private const long MaxBlocks = 1 << 26;

    private readonly uint* _entries;
    private readonly int _bucketShift;
    private readonly int _blockBits;
    private readonly int _step;

    private SeedTable(long sourceLength, long maxBytes)
    {
        var most = Math.Clamp(maxBytes / sizeof(uint) / 2, 1 << 12, MaxBlocks);
        _step = 1;
        while (sourceLength / _step > most) _step *= 2;
        var blocks = Math.Max(sourceLength / _step, 64);
        var entries = (long)BitOperations.RoundUpToPowerOf2((ulong)blocks);
        _blockBits = BitOperations.Log2((ulong)blocks + 1) + 1;
        _bucketShift = 64 - BitOperations.Log2((ulong)entries / Ways);
        _entries = (uint*)NativeMemory.AlignedAlloc((nuint)(entries * sizeof(uint)), 64);
        NativeMemory.Clear(_entries, (nuint)(entries * sizeof(uint)));
    }

    ~SeedTable() => NativeMemory.AlignedFree(_entries);

    /// <summary>Indexes all of <paramref name="source"/>, in no more than <paramref name="maxBytes"/> of memory.</summary>
    public static SeedTable Build(byte* source, long length, long maxBytes, CancellationToken cancellationToken)
    {
        var table = new SeedTable(length, maxBytes);
        ulong previous = 0;
        var last = (length - Seed - sizeof(uint)) / table._step;
        for (long block = 0; block <= last; block++)
        {
            if ((block & 0xFFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            var hash = Hash(source + block * table._step);
            // Of a uniform stretch only the beginning: it must not fill a bucket.
            if (hash != previous) table.Insert(hash, block);
            previous = hash;
        }

        return table;
    }

    /// <summary>The hash of the seed at <paramref name="at"/>; reads 16 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(byte* at)
    {
        var mixed = SeedHash.Load(at) * 0x9E3779B97F4A7C15 + (SeedHash.Load(at + 8) << 32) * 0xC2B2AE3D27D4EB4F;
        return (mixed ^ mixed >> 29) * 0xD6E8FEB86659FD93;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong hash)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Bucket(hash));
    }

    /// <summary>Writes the source offsets that may have the seed; returns how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Lookup(ulong hash, long* offsets)
    {
        var bucket = Bucket(hash);
        var tag = Tag(hash);
        var found = 0;
        for (var way = 0; way < Ways; way++)
        {
            var entry = bucket[way];
            if (entry == 0) break;
            if (entry >> _blockBits == tag) offsets[found++] = ((entry & (1L << _blockBits) - 1) - 1) * _step;
        }

        return found;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_entries);
        GC.SuppressFinalize(this);
    }

    private void Insert(ulong hash, long block)
    {
        var bucket = Bucket(hash);
        for (var way = 0; way < Ways; way++)
        {
            if (bucket[way] != 0) continue;
            bucket[way] = Tag(hash) << _blockBits | (uint)(block + 1);
            return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint* Bucket(ulong hash) => _entries + (hash >> _bucketShift) * Ways;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Tag(ulong hash) => (uint)(hash & (1u << 32 - _blockBits) - 1);
}
