namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// What pays. It depends on what becomes of the sections afterwards: behind a secondary compressor, literals are
/// cheap and short copies dear.
/// </summary>
internal sealed record MatchTuning
{
    /// <summary>For sections that are stored as they are.</summary>
    public static MatchTuning Plain { get; } = new();

    /// <summary>The shortest copy from a place in the source other than the current diagonal.</summary>
    public int MinSourceCopy { get; init; } = 32;

    /// <summary>The shortest copy that takes the current diagonal up again.</summary>
    public int MinOnDiagonal { get; init; } = 16;

    /// <summary>Whether the gaps between source copies are searched for short copies and runs.</summary>
    public bool FillGaps { get; init; } = true;

    /// <summary>Bytes that a short copy must save.</summary>
    public int MinGain { get; init; } = 1;
}
