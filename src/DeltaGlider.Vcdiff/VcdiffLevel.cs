namespace DeltaGlider.Vcdiff;

/// <summary>How much time an encode may take for a smaller delta. Every level's delta is read by every xdelta3 with LZMA.</summary>
public enum VcdiffLevel
{
    /// <summary>Quick, for data whose delta is needed soon.</summary>
    Fast,

    /// <summary>A small delta in reasonable time.</summary>
    Default,

    /// <summary>The smallest delta, at several times the time.</summary>
    Best,
}
