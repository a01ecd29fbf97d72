using System.Globalization;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Output;

/// <summary>Statistics for people.</summary>
internal sealed class StatsLines(TextWriter output) : IStatsOutput
{
    private bool _hasHead;

    /// <inheritdoc/>
    public void Write(DeltaSpaceStatistics space)
    {
        if (!_hasHead) output.WriteLine($"{"Files",10} {"Size",10} {"Stored",10} {"Reference",10} {"Saved",7} {"Median",7} {"Health",-12} Deltaspace");
        _hasHead = true;
        var (figures, median) = (space.Figures, space.MedianDeltaRatio is { } ratio ? Percent(ratio) : "-");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{figures.Objects,10} {HumanSize.Of(figures.TotalSize),10} {HumanSize.Of(figures.StoredSize),10} {HumanSize.Of(figures.ReferenceSize),10} {Percent(figures.Ratio),7} {median,7} {Words(space.Health),-12} {space.Space}"));
    }

    /// <inheritdoc/>
    public void Write(BucketStatistics total)
    {
        var figures = total.Figures;
        if (_hasHead) output.WriteLine();
        output.WriteLine(total.Uri);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  Files:  {figures.Objects} ({figures.Deltas} as deltas, {figures.Direct} stored whole)"));
        output.WriteLine($"  Size:   {HumanSize.Of(figures.TotalSize)}{(figures.IsEstimate ? " (an estimate: the size of some files is not known)" : "")}");
        output.WriteLine($"  Stored: {HumanSize.Of(figures.StoredSize)} (references {HumanSize.Of(figures.ReferenceSize)})");
        output.WriteLine($"  Saved:  {HumanSize.Of(figures.Saved)} ({Percent(figures.Ratio)})");
        if (total.IsFromCache) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  Kept in the bucket since {total.ComputedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}, and nothing has changed."));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static string Percent(double share) => share.ToString("0.0%", CultureInfo.InvariantCulture);

    private static string Words(DeltaSpaceHealth health) => health switch
    {
        DeltaSpaceHealth.NoReference => "no reference",
        _ => health.ToString().ToLowerInvariant(),
    };
}
