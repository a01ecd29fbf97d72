namespace DeltaGlider.Core.Errors;

/// <summary>
/// Something went wrong. The message says what, and to which object; <see cref="Safe"/> what has not been harmed;
/// <see cref="Advice"/> what to do next. None of the three ever holds a secret.
/// </summary>
public sealed class DeltaGliderException : Exception
{
    /// <summary>Makes an error about <paramref name="subject"/> (a URI or a path).</summary>
    public DeltaGliderException(ErrorKind kind, string subject, string message, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        Subject = subject;
    }

    /// <summary>What kind of thing went wrong.</summary>
    public ErrorKind Kind { get; }

    /// <summary>The URI or path it happened to.</summary>
    public string Subject { get; }

    /// <summary>Whether trying again can help.</summary>
    public ErrorNature Nature => Kind is ErrorKind.TransferBroken or ErrorKind.Throttled or ErrorKind.StoreUnavailable or ErrorKind.Contended
        ? ErrorNature.Transient
        : ErrorNature.Permanent;

    /// <summary>What is safe: a sentence, or empty.</summary>
    public string Safe { get; init; } = "";

    /// <summary>What to do next: a sentence, or empty.</summary>
    public string Advice { get; init; } = "";

    /// <summary>The store's own request id, where it gave one.</summary>
    public string? RequestId { get; init; }

    /// <summary>Message, what is safe and what to do, as one paragraph.</summary>
    public string FullText => string.Join(' ', new[] { Message, Safe, Advice }.Where(part => part.Length > 0));
}
