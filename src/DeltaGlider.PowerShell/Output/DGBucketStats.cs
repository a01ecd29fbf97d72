namespace DeltaGlider;

/// <summary>What the files of a bucket, of a prefix or of one deltaspace take, and what storing them as deltas saves.</summary>
public sealed class DGBucketStats
{
    /// <summary>The bucket, the prefix or the deltaspace.</summary>
    public string Uri { get; init; } = "";

    /// <summary>How closely was looked.</summary>
    public DGStatsMode Mode { get; init; }

    /// <summary>How many files there are.</summary>
    public long ObjectCount { get; init; }

    /// <summary>How many of them are stored as deltas.</summary>
    public long DeltaObjects { get; init; }

    /// <summary>How many of them are stored whole.</summary>
    public long DirectObjects { get; init; }

    /// <summary>How many references there are.</summary>
    public long References { get; init; }

    /// <summary>The bytes of the files.</summary>
    public long TotalSize { get; init; }

    /// <summary>The bytes stored for them, references included.</summary>
    public long StoredSize { get; init; }

    /// <summary>The bytes of the references.</summary>
    public long ReferenceSize { get; init; }

    /// <summary>The bytes saved; 0 where storing takes more than the files.</summary>
    public long Saved { get; init; }

    /// <summary>The share saved, 0 to 1.</summary>
    public double Ratio { get; init; }

    /// <summary>True when the size of some file is not known, and the totals have a guess for it.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Of a deltaspace: what the middle one of its deltas takes of its file; null where there is none to go by.</summary>
    public double? MedianDeltaRatio { get; init; }

    /// <summary>Of a deltaspace: how well its reference serves it; else null.</summary>
    public DGHealth? Health { get; init; }

    /// <summary>When this was found out (UTC).</summary>
    public DateTime ComputedAt { get; init; }

    /// <summary>True when it was kept in the bucket by an earlier call and still held.</summary>
    public bool FromCache { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Uri;
}
