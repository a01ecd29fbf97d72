namespace DeltaGlider.Deep.Deflate;

/// <summary>What is known about a stream whose encoder is looked for.</summary>
public sealed record EncoderQuery
{
    /// <summary>A stream of which nothing is known.</summary>
    public static EncoderQuery Default { get; } = new();

    /// <summary>Tried first: the encoder of the stream before, as archives mostly come from one packer.</summary>
    public DeflateParameters? Hint { get; init; }

    /// <summary>
    /// The content is all that the stream inflates to. Otherwise it is how that begins: only those bits count which are
    /// certain without the rest, and where not even one block gets full there are none, and nothing is found.
    /// </summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>The deflated bytes end where the stream does. Otherwise something may follow them.</summary>
    public bool EndsWithStream { get; init; } = true;
}
