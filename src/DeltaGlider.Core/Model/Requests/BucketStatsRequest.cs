namespace DeltaGlider.Core.Model;

/// <summary>What to take statistics of.</summary>
/// <param name="Prefix">A bucket, or a prefix in one.</param>
public sealed record BucketStatsRequest(S3Uri Prefix)
{
    /// <summary>How closely to look.</summary>
    public StatsMode Mode { get; init; }

    /// <summary>
    /// Take what an earlier run kept in the bucket, as long as the listing comes to the same. It has totals only: a run that
    /// wants the deltaspaces or the days looks anew in any case.
    /// </summary>
    public bool UseCache { get; init; } = true;

    /// <summary>Also what was added day by day.</summary>
    public bool WithDays { get; init; }
}
