namespace DeltaGlider.Deep;

/// <summary>How deep deltas are made.</summary>
public sealed record DeepOptions
{
    /// <summary>A deep delta of more than this share of the plain one is not worth that fewer programs can read it. 0 to 1.</summary>
    public double MaxShareOfPlain { get; init; } = 0.95;

    /// <summary>Members worked on at the same time. The delta is the same whatever the degree.</summary>
    public int DegreeOfParallelism { get; init; } = 1;

    /// <summary>The most bytes that either image may have: a reader needs so much memory. 1 GiB.</summary>
    public long MaxImageBytes { get; init; } = 1L << 30;

    /// <summary>
    /// The most memory for the images and the tables over them, beside the reference and the index over it. What does not
    /// fit in stays compressed. 512 MiB.
    /// </summary>
    public long MaxMemoryBytes { get; init; } = 512L << 20;

    /// <summary>Restore the target and compare it before the delta is given out. Only for callers that do so themselves is it not needed.</summary>
    public bool Proves { get; init; } = true;
}
