using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>The last few places where each short seed was seen; newer ones push older ones out.</summary>
internal sealed unsafe class ShortSeedTable : IDisposable
{
    /// <summary>Places per seed.</summary>
    public const int Ways = 4;

    private readonly int _buckets;
    private uint* _entries;
    private bool _dirty;

    public ShortSeedTable(int bits)
    {
        _buckets = 1 << bits;
        _entries = (uint*)NativeMemory.AllocZeroed((nuint)_buckets * Ways, sizeof(uint));
    }

    /// <summary>The places for a hash, the newest first, 0 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint* Bucket(uint hash) => _entries + (nuint)hash * Ways;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Insert(uint hash, uint place)
    {
        var bucket = Bucket(hash);
        bucket[3] = bucket[2];
        bucket[2] = bucket[1];
        bucket[1] = bucket[0];
        bucket[0] = place;
        _dirty = true;
    }

    public void Clear()
    {
        if (_dirty) NativeMemory.Clear(_entries, (nuint)_buckets * Ways * sizeof(uint));
        _dirty = false;
    }

    public void Dispose()
    {
        NativeMemory.Free(_entries);
        _entries = null;
    }
}
