namespace DeltaGlider.Core.Model;

/// <summary>A file that was stored.</summary>
/// <param name="Uri">Its logical name.</param>
/// <param name="SourcePath">The file.</param>
/// <param name="Storage">How it is stored.</param>
/// <param name="Size">The file's bytes.</param>
/// <param name="StoredSize">The bytes of the object that stands for it.</param>
/// <param name="ReferenceSize">The bytes of the reference that was created with it; 0 where one was there, or none is needed.</param>
/// <param name="Sha256">The SHA-256 of the file.</param>
/// <param name="EncodeTime">How long its delta took to make; zero for one stored whole.</param>
public sealed record PutObjectResult(
    S3Uri Uri,
    string SourcePath,
    StorageKind Storage,
    long Size,
    long StoredSize,
    long ReferenceSize,
    Sha256Digest Sha256,
    TimeSpan EncodeTime);
