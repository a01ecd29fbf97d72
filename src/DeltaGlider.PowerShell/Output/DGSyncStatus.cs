namespace DeltaGlider;

/// <summary>What came of a step of a sync.</summary>
public enum DGSyncStatus
{
    /// <summary>It would be done: -WhatIf was given.</summary>
    Planned,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>There was nothing to do.</summary>
    Unchanged,

    /// <summary>The destination's own is newer and was kept.</summary>
    Kept,

    /// <summary>The question was answered with no.</summary>
    Declined,

    /// <summary>It failed; the error says why.</summary>
    Failed,
}
