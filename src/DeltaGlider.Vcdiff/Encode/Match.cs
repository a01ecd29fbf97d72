namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// A stretch of the target window that need not be sent literally. <see cref="Address"/> is an offset in the
/// whole source, or in the target window.
/// </summary>
internal readonly record struct Match(MatchKind Kind, int Start, int Length, long Address)
{
    public int End => Start + Length;
}
