namespace DeltaGlider.Core.Model;

/// <summary>What identifies a file's bytes.</summary>
/// <param name="Length">How many there are.</param>
/// <param name="Sha256">Their SHA-256: what is relied on.</param>
/// <param name="Md5Hex">Their MD5 in lower-case hexadecimal: kept for the proxy, relied on by nothing here.</param>
public sealed record ContentDigest(long Length, Sha256Digest Sha256, string Md5Hex);
