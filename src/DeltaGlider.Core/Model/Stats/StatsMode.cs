namespace DeltaGlider.Core.Model;

/// <summary>How closely the objects are looked at for statistics.</summary>
public enum StatsMode
{
    /// <summary>One listing, and a look at the metadata of every delta, which alone says how large its file is. Exact.</summary>
    Quick,

    /// <summary>
    /// One listing, and a look at some deltas of each deltaspace: the first few, and ever fewer of the later ones. The
    /// others are taken to be as large as those; then the total is an estimate, and says so.
    /// </summary>
    Sampled,

    /// <summary>One listing, and a look at the metadata of every object. Exact, and the times are those of the files' own writers.</summary>
    Detailed,
}
