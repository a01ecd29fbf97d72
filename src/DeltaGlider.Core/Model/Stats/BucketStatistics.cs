using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>The statistics of a bucket, or of what lies below a prefix.</summary>
/// <param name="Uri">The bucket or the prefix.</param>
/// <param name="Mode">How closely was looked.</param>
/// <param name="Figures">What the files take.</param>
/// <param name="ComputedAt">When that was found out.</param>
/// <param name="IsFromCache">True when it was kept in the bucket and still held.</param>
public sealed record BucketStatistics(S3Uri Uri, StatsMode Mode, StorageFigures Figures, DateTimeOffset ComputedAt, bool IsFromCache)
{
    /// <summary>What the listing came to, without the tool's own objects; null for a prefix that is not a whole bucket.</summary>
    public ListingMark? Mark { get; init; }

    /// <summary>Day by day, the earliest first; empty where it was not asked for.</summary>
    public ImmutableArray<DayFigures> Days { get; init; } = [];
}
