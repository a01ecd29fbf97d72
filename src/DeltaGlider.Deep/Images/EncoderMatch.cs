using DeltaGlider.Deep.Deflate;

namespace DeltaGlider.Deep.Images;

/// <summary>An encoder that made a stream.</summary>
/// <param name="Encoder">Which.</param>
/// <param name="Kept">How many of its first bytes are the stream's; the rest is stored.</param>
internal sealed record EncoderMatch(DeflateParameters Encoder, long Kept);
