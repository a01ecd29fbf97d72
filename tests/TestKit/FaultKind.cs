namespace DeltaGlider.TestKit;

/// <summary>How a call to a store goes wrong.</summary>
public enum FaultKind
{
    /// <summary>It fails and has done nothing.</summary>
    Error,

    /// <summary>It fails, and has been done all the same: the answer was lost.</summary>
    ErrorAfterCommit,

    /// <summary>The bytes that are read break off with an error.</summary>
    Break,

    /// <summary>The bytes that are read end early, as if that were all.</summary>
    Truncate,

    /// <summary>One bit of the bytes that are read is another.</summary>
    FlipBit,

    /// <summary>The call never answers, until the caller cancels it.</summary>
    Stall,
}
