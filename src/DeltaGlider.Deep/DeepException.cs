namespace DeltaGlider.Deep;

/// <summary>A deep delta that cannot be decoded. Every bad input ends in this exception and in no other.</summary>
public sealed class DeepException : Exception
{
    /// <summary>Describes a bad delta.</summary>
    public DeepException(string reason, long offset, Exception? inner = null)
        : base($"{reason} (delta offset {offset})", inner)
    {
        Reason = reason;
        Offset = offset;
    }

    /// <summary>What was wrong.</summary>
    public string Reason { get; }

    /// <summary>The byte of the delta at which it was seen, or where the compressed part with it begins.</summary>
    public long Offset { get; }
}
