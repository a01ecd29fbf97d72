namespace DeltaGlider.Vcdiff.Encode;

/// <summary>A possible copy from the source: target offsets from and to, and source offset minus target offset.</summary>
internal readonly record struct Candidate(int Start, int End, long Diagonal)
{
    public int Length => End - Start;
}
