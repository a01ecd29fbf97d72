namespace DeltaGlider.Core.Rules;

/// <summary>Whether two files have the same bytes.</summary>
public enum ContentRelation
{
    /// <summary>They have.</summary>
    Same,

    /// <summary>They have not.</summary>
    Differs,

    /// <summary>One of them has no SHA-256 on record.</summary>
    Unknown,
}
