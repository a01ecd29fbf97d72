namespace DeltaGlider.Core.Model;

/// <summary>What to list, as ListObjectsV2 takes it.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">Keys must start with it; empty for all.</param>
public sealed record ListRequest(string Bucket, string Prefix)
{
    /// <summary><c>/</c> rolls keys up to common prefixes; null lists every key.</summary>
    public string? Delimiter { get; init; }

    /// <summary>Only keys after this one, in UTF-8 byte order.</summary>
    public string? StartAfter { get; init; }

    /// <summary>How many entries a page may have, 1 to 1000.</summary>
    public int PageSize { get; init; } = 1000;
}
