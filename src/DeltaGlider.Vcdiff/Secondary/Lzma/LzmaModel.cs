namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>How the probabilities of LZMA lie in one array of 16-bit values, and the numbers that the format fixes.</summary>
internal static class LzmaModel
{
    public const int StateCount = 12;

    /// <summary>States below this follow a literal.</summary>
    public const int LiteralStates = 7;

    public const int MaxPositionBits = 4;
    public const int MinMatchLength = 2;
    public const int MaxMatchLength = MinMatchLength + LowLengths + MidLengths + HighLengths - 1;
    public const int LowLengths = 8;
    public const int MidLengths = 8;
    public const int HighLengths = 256;

    /// <summary>Lengths from 2 to 4 have distance trees of their own; longer ones share the last.</summary>
    public const int LengthStates = 4;

    public const int DistanceSlotBits = 6;
    public const int FirstSlotWithTree = 4;
    public const int FirstSlotWithDirectBits = 14;
    public const int AlignBits = 4;

    /// <summary>Probabilities per literal context: a tree without matched byte, and one for each half of matched ones.</summary>
    public const int LiteralTree = 0x300;

    /// <summary>LZMA2 allows no more than 4 bits of literal context and position together.</summary>
    public const int MaxLiteralBits = 4;

    public const int IsMatch = 0;
    public const int IsRep = IsMatch + (StateCount << MaxPositionBits);
    public const int IsRep0 = IsRep + StateCount;
    public const int IsRep1 = IsRep0 + StateCount;
    public const int IsRep2 = IsRep1 + StateCount;
    public const int IsRep0Long = IsRep2 + StateCount;
    public const int DistanceSlot = IsRep0Long + (StateCount << MaxPositionBits);
    public const int DistanceTree = DistanceSlot + (LengthStates << DistanceSlotBits);
    public const int DistanceTreeLength = 128 - FirstSlotWithDirectBits;
    public const int Align = DistanceTree + DistanceTreeLength;
    public const int MatchLength = Align + (1 << AlignBits);
    public const int RepLength = MatchLength + LengthModel;
    public const int Literal = RepLength + LengthModel;

    // Within a length model.
    public const int LengthChoice = 0;
    public const int LengthChoice2 = 1;
    public const int LengthLow = 2;
    public const int LengthMid = LengthLow + (LowLengths << MaxPositionBits);
    public const int LengthHigh = LengthMid + (MidLengths << MaxPositionBits);
    public const int LengthModel = LengthHigh + HighLengths;

    public const int MaxProbabilities = Literal + (LiteralTree << MaxLiteralBits);

    public const int ProbabilityBits = 11;
    public const ushort EvenOdds = 1 << (ProbabilityBits - 1);
    public const int AdaptationShift = 5;

    /// <summary>The range coder keeps its range at or above this.</summary>
    public const uint MinRange = 1u << 24;
}
