namespace DeltaGlider.Core.Model;

/// <summary>Something that has been left in a bucket and can go.</summary>
/// <param name="Uri">Where it lies; of an upload, the object it was to be.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Size">The bytes it takes; null where the store does not tell.</param>
/// <param name="Since">When it was made, or begun.</param>
public sealed record Leftover(S3Uri Uri, LeftoverKind Kind, long? Size, DateTimeOffset Since)
{
    /// <summary>When it expired, where that is recorded.</summary>
    public DateTimeOffset? ExpiredAt { get; init; }

    /// <summary>The version that may go.</summary>
    internal string? ETag { get; init; }

    /// <summary>The deltaspace whose spare it is; null where it has no object any more.</summary>
    internal DeltaSpace? Space { get; init; }

    /// <summary>Of an upload, what the store knows it by.</summary>
    public string? UploadId => Upload?.Id;

    /// <summary>The upload.</summary>
    internal PendingUpload? Upload { get; init; }

    /// <summary>The plan as text.</summary>
    public override string ToString() => Kind switch
    {
        LeftoverKind.Upload => $"abort the upload {UploadId} of {Uri}",
        LeftoverKind.Spare => $"remove {Uri}, a copy of a reference that nothing needs",
        _ => $"remove {Uri}, which has expired",
    };
}
