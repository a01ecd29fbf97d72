namespace DeltaGlider.Core.Model;

/// <summary>What came of one step on one object.</summary>
public enum OptimizeOutcome
{
    /// <summary>It is stored whole, for the time being.</summary>
    MadeWhole,

    /// <summary>It is a delta of the reference.</summary>
    MadeDelta,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>The reference does not serve it: it stays whole.</summary>
    LeftWhole,

    /// <summary>It was removed, or replaced by a newer version, while this went on.</summary>
    Overtaken,

    /// <summary>It cannot be read back, so it was left as it is.</summary>
    Unreadable,
}
