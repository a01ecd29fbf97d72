namespace DeltaGlider;

/// <summary>
/// Something that went wrong, as scripts catch it: <c>catch [DeltaGlider.DGException]</c>. None of its texts ever holds a
/// secret.
/// </summary>
public sealed class DGException : Exception
{
    /// <summary>Makes an error of a kind that is not known.</summary>
    public DGException()
        : this("Something went wrong.")
    {
    }

    /// <summary>Makes an error of a kind that is not known.</summary>
    public DGException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error of a kind that is not known.</summary>
    public DGException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What kind of thing went wrong, such as <c>ObjectNotFound</c>. The names are stable.</summary>
    public string Kind { get; init; } = "Unexpected";

    /// <summary>The S3 URI or the path it happened to.</summary>
    public string Subject { get; init; } = "";

    /// <summary>True when the same call may well succeed later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>What to do next: a sentence, or empty.</summary>
    public string Advice { get; init; } = "";

    /// <summary>The store's own request id, where it gave one.</summary>
    public string? RequestId { get; init; }
}
