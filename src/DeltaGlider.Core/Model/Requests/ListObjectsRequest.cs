namespace DeltaGlider.Core.Model;

/// <summary>What to list.</summary>
/// <param name="Prefix">A bucket, or a prefix in one.</param>
public sealed record ListObjectsRequest(S3Uri Prefix)
{
    /// <summary>Every object below the prefix; otherwise those of one level, and the prefixes of the next.</summary>
    public bool Recurse { get; init; }

    /// <summary>At most this many entries; null for all.</summary>
    public int? First { get; init; }
}
