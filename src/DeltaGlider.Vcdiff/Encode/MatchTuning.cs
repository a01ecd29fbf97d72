namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// What pays. It depends on what becomes of the sections afterwards: behind a secondary compressor, literals are
/// cheap and short copies dear.
/// </summary>
internal sealed record MatchTuning
{
    /// <summary>For sections that are stored as they are.</summary>
    public static MatchTuning Plain { get; } = new();

    /// <summary>For sections that LZMA follows.</summary>
    public static MatchTuning Compressed { get; } = new()
    {
        MinSourceCopy = 32,
        FillGaps = false,
        MinDiagonalCopy = 5,
        MinTargetCopy = int.MaxValue,
        MinShiftedCopy = 32,
        DiagonalCost = 5,
        AddressesAsDistances = true,
    };

    /// <summary>The shortest copy from a place in the source other than the current diagonal.</summary>
    public int MinSourceCopy { get; init; } = 32;

    /// <summary>The shortest copy that takes the current diagonal up again.</summary>
    public int MinOnDiagonal { get; init; } = 16;

    /// <summary>Whether the gaps between source copies are searched for short copies and runs.</summary>
    public bool FillGaps { get; init; } = true;

    /// <summary>The shortest copy that fills a gap on the diagonal of a copy beside it; 0 to leave that to the search of the gap.</summary>
    public int MinDiagonalCopy { get; init; }

    /// <summary>Bytes that a short copy must save.</summary>
    public int MinGain { get; init; } = 1;

    /// <summary>The shortest copy from the same window, and from the source off the current diagonal, within a gap.</summary>
    public int MinTargetCopy { get; init; } = 6;

    /// <inheritdoc cref="MinTargetCopy"/>
    public int MinShiftedCopy { get; init; } = 6;

    /// <summary>What a copy on the current diagonal costs, when addresses are written as distances; 0 to count its bytes.</summary>
    public int DiagonalCost { get; init; }

    /// <summary>
    /// Write every address as the distance back to it. On one diagonal that is always the same number: more bytes than
    /// the address cache gives, but a compressor makes next to nothing of them.
    /// </summary>
    public bool AddressesAsDistances { get; init; }
}
