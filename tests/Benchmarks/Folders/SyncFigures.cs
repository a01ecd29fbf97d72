namespace DeltaGlider.Benchmarks.Folders;

/// <summary>What one run took.</summary>
internal sealed record SyncFigures(double Seconds, double CpuSeconds, long PeakBytes)
{
    /// <summary>The quicker one of two.</summary>
    public SyncFigures Better(SyncFigures other) => other.Seconds < Seconds ? other : this;
}
