namespace DeltaGlider.Core.Model;

/// <summary>An object that was fetched.</summary>
/// <param name="Uri">Its logical name.</param>
/// <param name="DestinationPath">The file.</param>
/// <param name="Storage">How it is stored.</param>
/// <param name="Size">The file's bytes.</param>
/// <param name="StoredSize">The bytes of the object that stands for it.</param>
/// <param name="Sha256">The SHA-256 of what was written.</param>
/// <param name="IsVerified">True when that is the SHA-256 recorded at its upload; false when none was recorded.</param>
/// <param name="DecodeTime">How long fetching and decoding took.</param>
public sealed record GetObjectResult(
    S3Uri Uri,
    string DestinationPath,
    StorageKind Storage,
    long Size,
    long StoredSize,
    Sha256Digest Sha256,
    bool IsVerified,
    TimeSpan DecodeTime);
