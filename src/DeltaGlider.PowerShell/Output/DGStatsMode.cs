namespace DeltaGlider;

/// <summary>How closely the objects are looked at for statistics.</summary>
public enum DGStatsMode
{
    /// <summary>One listing and a look at every delta. Exact.</summary>
    Quick,

    /// <summary>One listing and a look at some deltas of each deltaspace; the total is an estimate where there are more.</summary>
    Sampled,

    /// <summary>One listing and a look at every object. Exact.</summary>
    Detailed,
}
