using DeltaGlider.Deep;

namespace DeltaGlider.Benchmarks.Deep;

/// <summary>What deep deltas did with one pair.</summary>
/// <param name="Result">What the encoder says.</param>
/// <param name="EncodeSeconds">CPU seconds to encode, the plain delta and the proof included.</param>
/// <param name="DecodeSeconds">CPU seconds to decode.</param>
internal sealed record DeepFigures(DeepEncodeResult Result, double EncodeSeconds, double DecodeSeconds);
