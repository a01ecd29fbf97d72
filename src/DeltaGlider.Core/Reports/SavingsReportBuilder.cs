using System.Collections.Immutable;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Reports;

/// <summary>Gathers deltaspaces for a report as they come by, and keeps the largest of them only.</summary>
public sealed class SavingsReportBuilder
{
    /// <summary>How many deltaspaces a report shows one by one.</summary>
    public const int Shown = 20;

    private readonly PriorityQueue<DeltaSpaceStatistics, (long Size, long Stored)> _largest = new();
    private readonly Dictionary<DeltaSpaceHealth, long> _health = [];
    private long _others;
    private StorageFigures _otherFigures = StorageFigures.None;

    /// <summary>Takes a deltaspace.</summary>
    public void Add(DeltaSpaceStatistics space)
    {
        _health[space.Health] = _health.GetValueOrDefault(space.Health) + 1;
        var rank = (space.Figures.TotalSize, space.Figures.StoredSize);
        if (_largest.Count < Shown)
        {
            _largest.Enqueue(space, rank);
            return;
        }

        _others++;
        _otherFigures = _otherFigures.Plus(_largest.EnqueueDequeue(space, rank).Figures);
    }

    /// <summary>The report.</summary>
    public SavingsReport Build(BucketStatistics total) => new(
        total,
        [.. _largest.UnorderedItems.OrderByDescending(one => one.Priority).ThenBy(one => one.Element.Space.Prefix, KeyOrder.Utf8).Select(one => one.Element)],
        _others,
        _otherFigures,
        _health.ToImmutableSortedDictionary());
}
