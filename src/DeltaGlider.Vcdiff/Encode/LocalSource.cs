using System.Runtime.CompilerServices;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Short seeds of the parts of the source that lie around the gaps of one window. Parts are added as the window
/// goes on; what was added before stays findable until newer seeds push it out.
/// </summary>
internal sealed unsafe class LocalSource(SourceBuffer source) : IDisposable
{
    /// <summary>Bytes a seed looks at; a copy found here is at least as long.</summary>
    public const int Seed = 6;

    private const int TableBits = 16, RememberedParts = 4;
    private readonly ShortSeedTable _seeds = new(TableBits);
    private readonly (long From, long To)[] _parts = new (long, long)[RememberedParts];
    private int _nextPart;

    /// <summary>Starts a window.</summary>
    public void Clear()
    {
        _seeds.Clear();
        Array.Clear(_parts);
        _nextPart = 0;
    }

    /// <summary>Makes the source from <paramref name="from"/> to <paramref name="to"/> findable.</summary>
    public void Add(long from, long to)
    {
        from = Math.Max(from, 0);
        to = Math.Min(to, source.Length - 7);
        foreach (ref var part in _parts.AsSpan())
        {
            if (from < part.From || from > part.To) continue;
            // Slides on from, or lies within, what is known.
            Insert(part.To, to);
            part.To = Math.Max(part.To, to);
            return;
        }
        if (from >= to) return;
        Insert(from, to);
        _parts[_nextPart] = (from, to);
        _nextPart = (_nextPart + 1) % RememberedParts;
    }

    /// <summary>The places, modulo 2^32 and plus one, where the seed of <paramref name="eight"/> was seen; 0 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint* Find(ulong eight) => _seeds.Bucket(SeedHash.OfShort(eight, Seed, TableBits));

    /// <summary>The source offset that an entry stands for: the one nearest to <paramref name="expected"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Resolve(uint entry, long expected) => expected + (int)(entry - 1 - (uint)expected);

    public void Dispose() => _seeds.Dispose();

    private void Insert(long from, long to)
    {
        for (var at = from; at < to; at++)
            _seeds.Insert(SeedHash.OfShort(SeedHash.Load(source.Pointer + at), Seed, TableBits), (uint)at + 1);
    }
}
