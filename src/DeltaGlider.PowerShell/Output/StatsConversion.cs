using DeltaGlider.Core.Model;

namespace DeltaGlider;

/// <summary>Statistics as what the pipeline gets.</summary>
internal static class StatsConversion
{
    /// <summary>A bucket or a prefix.</summary>
    public static DGBucketStats ToOutput(this BucketStatistics statistics) =>
        ToOutput(statistics.Uri.ToString(), statistics.Mode.ToOutput(), statistics.Figures, null, null, statistics.ComputedAt, statistics.IsFromCache);

    /// <summary>A deltaspace.</summary>
    public static DGBucketStats ToOutput(this DeltaSpaceStatistics space, DGStatsMode mode, DateTimeOffset now) =>
        ToOutput(space.Space.ToString(), mode, space.Figures, space.MedianDeltaRatio, space.Health.ToOutput(), now, fromCache: false);

    /// <summary>A mode as the domain has it.</summary>
    public static StatsMode ToDomain(this DGStatsMode mode) => mode switch
    {
        DGStatsMode.Quick => StatsMode.Quick,
        DGStatsMode.Sampled => StatsMode.Sampled,
        DGStatsMode.Detailed => StatsMode.Detailed,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };

    private static DGStatsMode ToOutput(this StatsMode mode) => mode switch
    {
        StatsMode.Quick => DGStatsMode.Quick,
        StatsMode.Sampled => DGStatsMode.Sampled,
        StatsMode.Detailed => DGStatsMode.Detailed,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };

    private static DGHealth ToOutput(this DeltaSpaceHealth health) => Enum.Parse<DGHealth>(health.ToString());

    private static DGBucketStats ToOutput(
        string uri, DGStatsMode mode, StorageFigures figures, double? median, DGHealth? health, DateTimeOffset computedAt, bool fromCache) => new()
    {
        Uri = uri,
        Mode = mode,
        ObjectCount = figures.Objects,
        DeltaObjects = figures.Deltas,
        DirectObjects = figures.Direct,
        References = figures.References,
        TotalSize = figures.TotalSize,
        StoredSize = figures.StoredSize,
        ReferenceSize = figures.ReferenceSize,
        Saved = figures.Saved,
        Ratio = figures.Ratio,
        IsEstimate = figures.IsEstimate,
        MedianDeltaRatio = median,
        Health = health,
        ComputedAt = computedAt.UtcDateTime,
        FromCache = fromCache,
    };
}
