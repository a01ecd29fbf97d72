namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// What pays. It depends on what becomes of the sections afterwards: behind a secondary compressor, literals are
/// cheap and short copies from just anywhere dear.
/// </summary>
internal sealed record MatchTuning
{
    /// <summary>For sections that are stored as they are: gaps are searched for short copies from all around.</summary>
    public static MatchTuning Plain { get; } = new();

    /// <summary>For sections that LZMA follows, which finds repeats among literals for less than a copy costs.</summary>
    public static MatchTuning Compressed { get; } = new() { MinDiagonalCopy = 5, AddressesAsDistances = true };

    /// <summary>The shortest copy from a place in the source other than the current diagonal.</summary>
    public int MinSourceCopy { get; init; } = 32;

    /// <summary>The shortest copy that takes the current diagonal up again.</summary>
    public int MinOnDiagonal { get; init; } = 16;

    /// <summary>The shortest copy that fills a gap on the diagonal of a copy beside it; 0 for a search of the gap instead.</summary>
    public int MinDiagonalCopy { get; init; }

    /// <summary>Bytes that a short copy must save.</summary>
    public int MinGain { get; init; } = 1;

    /// <summary>
    /// Write every address as the distance back to it. On one diagonal that is always the same number: more bytes than
    /// the address cache gives, but a compressor makes next to nothing of them.
    /// </summary>
    public bool AddressesAsDistances { get; init; }
}
