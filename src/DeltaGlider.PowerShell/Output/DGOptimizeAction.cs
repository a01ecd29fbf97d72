namespace DeltaGlider;

/// <summary>What there is to be done about a deltaspace's reference.</summary>
public enum DGOptimizeAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The reference is good enough; objects stored whole become deltas of it.</summary>
    ReEncode,

    /// <summary>Another object becomes the reference, and all become deltas of that one.</summary>
    ReplaceReference,
}
