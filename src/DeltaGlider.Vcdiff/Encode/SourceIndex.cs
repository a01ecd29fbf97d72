using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Where in the source 32-byte seeds occur: one seed per <see cref="Step"/> bytes, four places per bucket. An
/// entry is a block number plus one, with the bits above it taken by a tag of the hash, so that a foreign seed
/// rarely costs a look at the source.
/// </summary>
internal sealed unsafe class SourceIndex : IDisposable
{
    /// <summary>Places per bucket: one aligned 16-byte load.</summary>
    public const int Ways = 4;

    /// <summary>Keeps the table at 256 MiB or less whatever the source, and that of a sparse index at 16 MiB.</summary>
    public const long MaxBlocks = 1 << 26, MaxSparseBlocks = 1 << 22;

    /// <summary>The distance between seeds as long as the table has room.</summary>
    public const int MinStep = 16, MinSparseStep = 128;

    private const int Ahead = 16;
    private readonly uint* _entries;
    private readonly int _bucketShift;
    private readonly int _blockBits;

    private SourceIndex(long sourceLength, int minStep, long maxBlocks)
    {
        Step = minStep;
        while (sourceLength / Step > maxBlocks) Step *= 2;
        var blocks = Math.Max(sourceLength / Step, 64);
        var entries = (long)BitOperations.RoundUpToPowerOf2((ulong)blocks);
        if (blocks > entries / 4 * 3 && entries < maxBlocks) entries *= 2;
        _blockBits = BitOperations.Log2((ulong)blocks + 1) + 1;
        _bucketShift = 64 - BitOperations.Log2((ulong)entries / Ways);
        _entries = (uint*)NativeMemory.AlignedAlloc((nuint)(entries * sizeof(uint)), 64);
        NativeMemory.Clear(_entries, (nuint)(entries * sizeof(uint)));
        Bytes = entries * sizeof(uint);
    }

    ~SourceIndex() => NativeMemory.AlignedFree(_entries);

    /// <summary>Distance between indexed seeds.</summary>
    public int Step { get; }

    /// <summary>Memory taken.</summary>
    public long Bytes { get; }

    /// <summary>Indexes all of <paramref name="source"/>.</summary>
    public static SourceIndex Build(byte* source, long length, int minStep, long maxBlocks, CancellationToken cancellationToken)
    {
        var index = new SourceIndex(length, minStep, maxBlocks);
        var pending = stackalloc ulong[Ahead];
        var last = (length - SeedHash.LongSeed) / index.Step;
        if (length < SeedHash.LongSeed) last = -1;
        ulong previous = 0;
        for (long block = 0; block <= last + Ahead; block++)
        {
            if ((block & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            var slot = block & Ahead - 1;
            // The bucket was asked for 16 blocks ago, so it has come from memory by now.
            if (block >= Ahead)
            {
                var hash = pending[slot];
                // Only the first block of a uniform stretch: one long run must not fill a bucket.
                if (hash != previous) index.Insert(hash, block - Ahead);
                previous = hash;
            }
            if (block > last) continue;
            pending[slot] = SeedHash.Of32(source + block * index.Step);
            index.Prefetch(pending[slot]);
        }
        return index;
    }

    /// <summary>Asks for the bucket of <paramref name="hash"/> ahead of its use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong hash)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Bucket(hash));
    }

    /// <summary>Writes the source offsets whose tag agrees with <paramref name="hash"/>; returns how many.</summary>
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
            if (entry >> _blockBits == tag) offsets[found++] = ((entry & (1L << _blockBits) - 1) - 1) * Step;
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
