namespace DeltaGlider.Core.Model;

/// <summary>An object that was tried as the reference of the others.</summary>
/// <param name="Uri">The object.</param>
/// <param name="Sha256">Its SHA-256.</param>
/// <param name="Size">Its bytes: what the reference would take.</param>
/// <param name="ExpectedBytes">What the deltaspace would take in all with it, the reference included.</param>
/// <param name="Ratio">What the other samples would take as a share of their size: 0 to 1.</param>
public sealed record ReferenceCandidate(S3Uri Uri, Sha256Digest Sha256, long Size, long ExpectedBytes, double Ratio);
