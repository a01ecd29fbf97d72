namespace DeltaGlider;

/// <summary>How an object is stored.</summary>
public enum DGStorage
{
    /// <summary>As its own bytes, under its own key.</summary>
    Direct,

    /// <summary>As a delta against its deltaspace's reference.</summary>
    Delta,

    /// <summary>It is a reference itself.</summary>
    Reference,
}
