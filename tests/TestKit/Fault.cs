namespace DeltaGlider.TestKit;

/// <summary>One thing that goes wrong.</summary>
/// <param name="Call">At which call to the store, counted from 1.</param>
/// <param name="Kind">How.</param>
public sealed record Fault(int Call, FaultKind Kind);
