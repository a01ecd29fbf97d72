namespace DeltaGlider.Core.Model;

/// <summary>A line of a listing: an object under its logical name, or a prefix that more lies below.</summary>
/// <param name="Uri">The logical name.</param>
/// <param name="IsPrefix">True for a prefix; then nothing else is known.</param>
public sealed record ObjectEntry(S3Uri Uri, bool IsPrefix)
{
    /// <summary>How it is stored.</summary>
    public StorageKind Storage { get; init; }

    /// <summary>The file's bytes.</summary>
    public long Size { get; init; }

    /// <summary>The bytes of the object that stands for it; the reference is not counted.</summary>
    public long StoredSize { get; init; }

    /// <summary>When the store took it.</summary>
    public DateTimeOffset LastModified { get; init; }

    /// <summary>When the source file was last modified; known of deltas only.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>The SHA-256 of the file; known of deltas only.</summary>
    public Sha256Digest? Sha256 { get; init; }

    /// <summary>The store's version mark.</summary>
    public string ETag { get; init; } = "";

    /// <summary>The storage class as S3 names it; null for the standard one.</summary>
    public string? StorageClass { get; init; }
}
