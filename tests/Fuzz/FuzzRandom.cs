namespace DeltaGlider.Fuzz;

/// <summary>Random numbers that depend on a seed and the number of the execution, and on nothing else (SplitMix64).</summary>
internal sealed class FuzzRandom
{
    private ulong _state;

    public FuzzRandom(long seed, long execution) => Reset(seed, execution);

    public void Reset(long seed, long execution)
    {
        _state = (ulong)seed;
        _state = Next64() ^ (ulong)execution;
        _ = Next64();
    }

    public ulong Next64()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to one less than <paramref name="limit"/>; 0 for a limit of 0.</summary>
    public int Next(int limit) => limit <= 0 ? 0 : (int)(Next64() % (uint)limit);

    public int Next(int from, int limit) => from + Next(limit - from);

    /// <summary>Small numbers often, large ones seldom.</summary>
    public int Skewed(int limit) => Next(Math.Max(1, limit >> Next(12)));

    public bool OneIn(int chances) => Next(chances) == 0;

    public byte Byte() => (byte)Next64();

    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count; at++) bytes[at] = Byte();
        return bytes;
    }

    /// <summary>A length or an offset at which things go wrong.</summary>
    public long Interesting(long near) => Next(8) switch
    {
        0 => Next(5),
        1 => near + Next(-3, 4) is var n && n < 0 ? 0 : near + 1,
        2 => Math.Max(0, near - 1 - Next(3)),
        3 => (1L << Next(63)) - Next(2),
        4 => long.MaxValue - Next(3),
        5 => uint.MaxValue - (long)Next(3) + Next(3),
        6 => int.MaxValue - (long)Next(3) + Next(3),
        _ => Next(1 << Next(1, 24)),
    };
}
