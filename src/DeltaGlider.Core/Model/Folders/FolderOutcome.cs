namespace DeltaGlider.Core.Model;

/// <summary>What came of a step.</summary>
public enum FolderOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>There was nothing to do.</summary>
    Unchanged,

    /// <summary>The destination's own is newer and was kept.</summary>
    Kept,

    /// <summary>Consent was asked for and not given.</summary>
    NotDone,

    /// <summary>It failed.</summary>
    Failed,
}
