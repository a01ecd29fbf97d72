namespace DeltaGlider.Benchmarks.Compare;

/// <summary>What one codec did with one pair.</summary>
/// <param name="DeltaBytes">The size of its delta.</param>
/// <param name="EncodeSeconds">CPU seconds (user and system, all threads) to encode.</param>
/// <param name="DecodeSeconds">CPU seconds to decode.</param>
/// <param name="EncodePeakBytes">The most memory resident while it encoded.</param>
/// <param name="DecodePeakBytes">The most memory resident while it decoded.</param>
internal sealed record Figures(long DeltaBytes, double EncodeSeconds, double DecodeSeconds, long EncodePeakBytes, long DecodePeakBytes);
