namespace DeltaGlider;

/// <summary>A link with which anybody can fetch an object for a while. Whoever has it has the object.</summary>
public sealed class DGPresignedUrl
{
    /// <summary>The object, by its logical name.</summary>
    public string Uri { get; init; } = "";

    /// <summary>The link.</summary>
    public string Url { get; init; } = "";

    /// <summary>Until when it is good (UTC).</summary>
    public DateTime ExpiresAt { get; init; }

    /// <summary>The file that was restored into the bucket for it; null for an object that is stored whole.</summary>
    public string? TemporaryUri { get; init; }

    /// <summary>The bytes it fetches.</summary>
    public long Size { get; init; }

    /// <summary>Their recorded SHA-256 in lower-case hexadecimal digits; null where none was recorded.</summary>
    public string? Sha256 { get; init; }

    /// <summary>True when the bytes were compared with it before the link was made.</summary>
    public bool Verified { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Url;
}
