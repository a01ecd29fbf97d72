namespace DeltaGlider.Deep;

/// <summary>What a deep delta may ask of its reader. Each is checked before anything is allocated for it.</summary>
public sealed record DeepLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static DeepLimits Default { get; } = new();

    /// <summary>The most bytes of the reference's image, which is held in memory, and of the target's, which is not. 1 GiB.</summary>
    public long MaxImageBytes { get; init; } = 1L << 30;

    /// <summary>The most members that a delta may name, of the reference and of the target. Half a million.</summary>
    public int MaxMembers { get; init; } = 1 << 19;

    /// <summary>The most bytes of delta that are read. 2 GiB less 64 KiB.</summary>
    public long MaxDeltaBytes { get; init; } = int.MaxValue - (1 << 16);

    /// <summary>The most bytes that a delta may decode to.</summary>
    public long MaxTargetBytes { get; init; } = long.MaxValue;
}
