namespace DeltaGlider;

/// <summary>How well a deltaspace's reference serves it, by what the middle one of its deltas takes of its file.</summary>
public enum DGHealth
{
    /// <summary>Nothing to go by.</summary>
    Unrated,

    /// <summary>At most a tenth.</summary>
    Excellent,

    /// <summary>At most a quarter.</summary>
    Good,

    /// <summary>At most half.</summary>
    Fair,

    /// <summary>More than half.</summary>
    Poor,

    /// <summary>There are deltas and no reference: they cannot be read.</summary>
    NoReference,

    /// <summary>There is a reference and nothing that needs it.</summary>
    Orphan,
}
