namespace DeltaGlider.Deep;

/// <summary>What one encoder made of a file.</summary>
/// <param name="Encoder">The encoder, such as <c>zlib-6</c>.</param>
/// <param name="Streams">How many streams.</param>
/// <param name="Bytes">How many compressed bytes of them.</param>
public sealed record EncoderShare(string Encoder, int Streams, long Bytes);
