using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// The last place where each short seed was seen, in the source or in the target window. An entry is a place, a bit
/// that tells which of the two, and a tag of the hash, so that a foreign seed rarely costs a look.
/// </summary>
internal sealed unsafe class DenseTable(SourceBuffer source) : IDisposable
{
    /// <summary>Positions between asking for an entry and its use: by then it has come from memory. A power of two.</summary>
    public const int Ahead = 16;

    /// <summary>Bytes that a seed compares.</summary>
    private const int Seed = 6;

    private const int MinBits = 14, MaxBits = 21;

    /// <summary>Only every other place is kept: a copy of seven bytes has one.</summary>
    private const int Step = 2;

    private const int PlaceBits = 24, TagShift = PlaceBits + 1;
    private const uint PlaceMask = (1u << PlaceBits) - 1, TargetBit = 1u << PlaceBits;

    private uint* _entries;
    private int _bits, _shift;
    private bool _isClean;
    private long _from, _to;

    /// <summary>Starts a window.</summary>
    public void Forget()
    {
        _isClean = false;
        _from = _to = 0;
    }

    public static bool IsTarget(uint entry) => (entry & TargetBit) != 0;

    public static int TargetPlace(uint entry) => (int)(entry & PlaceMask) * Step;

    /// <summary>The source offset nearest to <paramref name="expected"/> that an entry can stand for.</summary>
    public static long SourcePlace(uint entry, long expected) =>
        expected + ((int)(((entry & PlaceMask) - (uint)(expected / Step)) << 32 - PlaceBits) >> 32 - PlaceBits) * Step - expected % Step;

    /// <summary>Adds a part of the source, unless it is known already.</summary>
    public void Know(long low, long high)
    {
        low = Math.Clamp(low, 0, source.Length) & -Step;
        high = Math.Clamp(high, low, Math.Max(low, source.Length - sizeof(ulong)));
        Prepare();
        if (low >= _from && low <= _to)
        {
            // Slides on from what is known.
            Add(_to, high);
            _to = Math.Max(_to, high + 1 & -Step);
            return;
        }
        Add(low, high);
        _from = low;
        _to = high + 1 & -Step;
    }

    /// <summary>The hash of the seed at a place, whose entry is asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Request(byte* at)
    {
        var hash = (SeedHash.Load(at) << 64 - 8 * Seed) * 0x9E3779B97F4A7C15;
        if (Sse.IsSupported) Sse.Prefetch0(_entries + (hash >> _shift));
        return hash;
    }

    /// <summary>Puts a target position in; true if what was there before may have the same seed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Exchange(ulong hash, int at, out uint entry)
    {
        var slot = _entries + (hash >> _shift);
        entry = *slot;
        var tag = Tag(hash);
        if (at % Step == 0) *slot = tag << TagShift | TargetBit | (uint)at / Step;
        return entry >> TagShift == tag;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_entries);
        _entries = null;
    }

    private void Prepare()
    {
        if (_isClean) return;
        _isClean = true;
        if (_entries == null)
        {
            _bits = Math.Clamp(BitOperations.Log2((ulong)source.Length | 1) + 1, MinBits, MaxBits);
            _shift = 64 - _bits;
            _entries = (uint*)NativeMemory.AlignedAlloc((nuint)sizeof(uint) << _bits, 64);
        }
        NativeMemory.Clear(_entries, (nuint)sizeof(uint) << _bits);
    }

    private void Add(long from, long to)
    {
        var hashes = stackalloc ulong[Ahead];
        var bytes = source.Pointer;
        var count = (to - from + Step - 1) / Step;
        for (long i = 0; i < count + Ahead; i++)
        {
            ref var pending = ref hashes[i & Ahead - 1];
            if (i >= Ahead)
                _entries[pending >> _shift] = Tag(pending) << TagShift | (uint)((from / Step + i - Ahead) & PlaceMask);
            if (i < count) pending = Request(bytes + from + i * Step);
        }
    }

    // From below the bits that choose a place in the largest table.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Tag(ulong hash) => (uint)(hash >> 64 - MaxBits - (32 - TagShift)) & (1u << 32 - TagShift) - 1;
}
