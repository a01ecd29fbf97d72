using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>What is recorded of content that is to be had back.</summary>
/// <param name="Sha256">Its SHA-256.</param>
/// <param name="Size">Its size; null where the writer did not record it.</param>
public sealed record ExpectedContent(Sha256Digest Sha256, long? Size);
