namespace DeltaGlider;

/// <summary>A line of a listing: an object under its own name, a prefix that more lies below, or a bucket.</summary>
public sealed class DGObject
{
    /// <summary>Its logical name: <c>s3://bucket/key</c>.</summary>
    public string Uri { get; init; } = "";

    /// <summary>The bucket.</summary>
    public string Bucket { get; init; } = "";

    /// <summary>The whole key; empty for a bucket.</summary>
    public string Key { get; init; } = "";

    /// <summary>The last part of the key, with its <c>/</c> for a prefix; a bucket's own name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it lies in: the URI up to the last part of the key.</summary>
    public string Parent { get; init; } = "";

    /// <summary>True for a prefix and for a bucket, of which nothing else is known.</summary>
    public bool IsPrefix { get; init; }

    /// <summary>How it is stored; null for a prefix.</summary>
    public DGStorage? Storage { get; init; }

    /// <summary>The file's bytes.</summary>
    public long Size { get; init; }

    /// <summary>The bytes of the object that stands for it; the reference is not counted.</summary>
    public long StoredSize { get; init; }

    /// <summary>The bytes saved.</summary>
    public long Saved => Size - StoredSize;

    /// <summary>The share of the file that was saved, from 0 to 100; null where there is nothing to save.</summary>
    public double? SavedPercent => Savings.Percent(Size, StoredSize);

    /// <summary>When the store took it (UTC); for a bucket, when it was made.</summary>
    public DateTime? LastModified { get; init; }

    /// <summary>When the source file was last modified (UTC), where that was recorded.</summary>
    public DateTime? Modified { get; init; }

    /// <summary>The file's SHA-256 in lower-case hexadecimal digits, where the listing knows it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The store's version mark.</summary>
    public string? ETag { get; init; }

    /// <summary>The storage class as S3 names it; null for the standard one.</summary>
    public string? StorageClass { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Uri;
}
