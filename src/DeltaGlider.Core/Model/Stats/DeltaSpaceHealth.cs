namespace DeltaGlider.Core.Model;

/// <summary>How well a deltaspace's reference serves it, by the median of what its deltas take of their files.</summary>
public enum DeltaSpaceHealth
{
    /// <summary>Nothing to go by: no delta but that of the reference's own file, or only a part of the deltaspace was listed.</summary>
    Unrated,

    /// <summary>Half of the deltas take at most a tenth of their files.</summary>
    Excellent,

    /// <summary>Half of the deltas take at most a quarter of their files.</summary>
    Good,

    /// <summary>Half of the deltas take at most half of their files.</summary>
    Fair,

    /// <summary>Half of the deltas take more than half of their files.</summary>
    Poor,

    /// <summary>There are deltas and no reference: they cannot be read.</summary>
    NoReference,

    /// <summary>There is a reference and nothing that needs it.</summary>
    Orphan,
}
