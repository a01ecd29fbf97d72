namespace DeltaGlider.Vcdiff;

/// <summary>What a delta may ask for. Each is checked before anything is allocated for it.</summary>
public sealed record VcdiffLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static VcdiffLimits Default { get; } = new();

    /// <summary>The largest target window. xdelta3 writes at most 16 MiB, or 64 MiB since 3.2.</summary>
    public int MaxWindowBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The largest data, instruction or address section, both as stored and as decompressed.</summary>
    public int MaxSectionBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The largest stretch of earlier output that a VCD_TARGET window may name.</summary>
    public int MaxHistoryBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// The most bytes of earlier output that all VCD_TARGET windows together may name: each names its own stretch
    /// anew, so that a small delta could keep its reader busy for hours.
    /// </summary>
    public long MaxTotalHistoryBytes { get; init; } = 16L * 1024 * 1024 * 1024;

    /// <summary>The most bytes of earlier sections that an LZMA dictionary keeps, for each kind of section.</summary>
    public int MaxDictionaryBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The largest application header.</summary>
    public int MaxApplicationHeaderBytes { get; init; } = 1024 * 1024;

    /// <summary>The most bytes that a delta may decode to.</summary>
    public long MaxTargetBytes { get; init; } = long.MaxValue;

    /// <summary>The most bytes of delta that are read.</summary>
    public long MaxDeltaBytes { get; init; } = long.MaxValue;
}
