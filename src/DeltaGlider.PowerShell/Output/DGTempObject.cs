namespace DeltaGlider;

/// <summary>Something that had been left in a bucket.</summary>
public sealed class DGTempObject
{
    /// <summary>Where it lies; of an upload, the object it was to be.</summary>
    public string Uri { get; init; } = "";

    /// <summary>What it is.</summary>
    public DGLeftover Kind { get; init; }

    /// <summary>The bytes it takes; 0 where the store does not tell.</summary>
    public long Size { get; init; }

    /// <summary>When it was made, or begun (UTC).</summary>
    public DateTime Since { get; init; }

    /// <summary>When it expired (UTC), where that is recorded.</summary>
    public DateTime? ExpiredAt { get; init; }

    /// <summary>Of an upload, what the store knows it by.</summary>
    public string? UploadId { get; init; }

    /// <summary>True when it is gone; false under -WhatIf, or where somebody has come to need it.</summary>
    public bool Removed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Uri;
}
