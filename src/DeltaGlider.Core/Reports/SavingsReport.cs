using System.Collections.Immutable;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Reports;

/// <summary>What a page about the savings of a bucket tells.</summary>
/// <param name="Total">The bucket, or what lies below a prefix, with its days.</param>
/// <param name="Largest">The deltaspaces with the largest files in all, the largest first.</param>
/// <param name="Others">How many more there are.</param>
/// <param name="OtherFigures">What those take together.</param>
/// <param name="Health">How many deltaspaces there are of each health.</param>
public sealed record SavingsReport(
    BucketStatistics Total,
    ImmutableArray<DeltaSpaceStatistics> Largest,
    long Others,
    StorageFigures OtherFigures,
    ImmutableSortedDictionary<DeltaSpaceHealth, long> Health);
