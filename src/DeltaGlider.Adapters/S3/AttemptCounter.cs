namespace DeltaGlider.Adapters.S3;

/// <summary>How often a request went out. A second attempt may meet what the first has done.</summary>
internal sealed class AttemptCounter
{
    private int _sent;

    /// <summary>True when the request went out more than once.</summary>
    public bool WasRepeated => Volatile.Read(ref _sent) > 1;

    /// <summary>Counts one.</summary>
    public void Add() => Interlocked.Increment(ref _sent);
}
