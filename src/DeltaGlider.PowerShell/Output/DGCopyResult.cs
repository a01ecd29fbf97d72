namespace DeltaGlider;

/// <summary>A file that was stored, or an object that was fetched.</summary>
public sealed class DGCopyResult
{
    /// <summary>What was copied: a path or an S3 URI.</summary>
    public string Source { get; init; } = "";

    /// <summary>Where it is now: an S3 URI or a path.</summary>
    public string Destination { get; init; } = "";

    /// <summary>The one of the two that is in S3.</summary>
    public string Uri { get; init; } = "";

    /// <summary>True when the same content was there already, and nothing was copied.</summary>
    public bool Skipped { get; init; }

    /// <summary>How it is stored.</summary>
    public DGStorage Storage { get; init; }

    /// <summary>The file's bytes.</summary>
    public long Size { get; init; }

    /// <summary>The bytes of the object that stands for it.</summary>
    public long StoredSize { get; init; }

    /// <summary>The bytes of the reference that was created with it; 0 where one was there, or none is needed.</summary>
    public long ReferenceSize { get; init; }

    /// <summary>The bytes saved; negative where a first reference cost more than it saved.</summary>
    public long Saved => Size - StoredSize - ReferenceSize;

    /// <summary>The same as a share of the file in percent; null for an empty file.</summary>
    public double? SavedPercent => Savings.Percent(Size, StoredSize + ReferenceSize);

    /// <summary>The file's SHA-256 in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>
    /// True when the bytes were proven to be the right ones; false for a fetched object of which no SHA-256 was recorded.
    /// </summary>
    public bool Verified { get; init; }

    /// <summary>How long the whole copy took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How long the delta took to make; zero where none was made.</summary>
    public TimeSpan EncodeTime { get; init; }

    /// <summary>How long fetching and decoding took; zero for an upload.</summary>
    public TimeSpan DecodeTime { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Source} -> {Destination}";
}
