namespace DeltaGlider.Deep.Deflate;

/// <summary>How near an encoder's work comes to a deflate stream.</summary>
/// <param name="Encoder">The encoder.</param>
/// <param name="EqualBytes">How many bytes of the stream, from its first on, the encoder makes. What a near miss needs
/// beside the encoder is the stream's rest.</param>
/// <param name="IsExact">The encoder makes the whole stream and nothing else.</param>
public sealed record EncoderMatch(DeflateParameters Encoder, int EqualBytes, bool IsExact);
