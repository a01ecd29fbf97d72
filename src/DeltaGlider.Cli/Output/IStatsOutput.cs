using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Output;

/// <summary>Where statistics go: deltaspaces as they come, the total last.</summary>
internal interface IStatsOutput : IDisposable
{
    /// <summary>A deltaspace.</summary>
    void Write(DeltaSpaceStatistics space);

    /// <summary>The total.</summary>
    void Write(BucketStatistics total);
}
