namespace DeltaGlider.Core.Model;

/// <summary>The statistics of one deltaspace; what lies deeper belongs to others.</summary>
/// <param name="Space">The deltaspace.</param>
/// <param name="Figures">What its files take.</param>
/// <param name="MedianDeltaRatio">
/// What the middle one of its deltas takes of its file, 0 and up, the reference's own file left aside; null without such deltas.
/// </param>
/// <param name="Health">The same in a word.</param>
public sealed record DeltaSpaceStatistics(DeltaSpace Space, StorageFigures Figures, double? MedianDeltaRatio, DeltaSpaceHealth Health);
