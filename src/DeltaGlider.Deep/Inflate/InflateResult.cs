namespace DeltaGlider.Deep.Inflate;

/// <summary>How inflating a stream ended, and how far it got.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Consumed">Bytes of input that the stream takes, the last one counted whole.</param>
/// <param name="Produced">Bytes of content.</param>
internal readonly record struct InflateResult(InflateStatus Status, long Consumed, long Produced);
