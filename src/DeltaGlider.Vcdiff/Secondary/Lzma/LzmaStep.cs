namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// One symbol of LZMA: a literal, a match at one of the four last distances, or a match at a new one. A length of 1
/// with the last distance is the short form of a repeated match.
/// </summary>
internal readonly record struct LzmaStep(int Length, uint Code)
{
    /// <summary>The code of a literal.</summary>
    public const uint Literal = uint.MaxValue;

    /// <summary>Codes below this are places among the last distances; others are distances, this added.</summary>
    public const uint Distances = 4;

    public static LzmaStep OneLiteral => new(1, Literal);

    public bool IsLiteral => Code == Literal;
}
