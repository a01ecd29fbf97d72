using DeltaGlider.Core.Errors;

namespace DeltaGlider.Core.Model;

/// <summary>What reading an object back has shown.</summary>
/// <param name="Uri">Its logical name.</param>
/// <param name="IsValid">True when its bytes were read back and have the recorded SHA-256.</param>
/// <param name="Expected">The recorded SHA-256; null where none was recorded.</param>
/// <param name="Actual">The SHA-256 of what was read; null where nothing could be.</param>
public sealed record VerifyObjectResult(S3Uri Uri, bool IsValid, Sha256Digest? Expected, Sha256Digest? Actual)
{
    /// <summary>How it is stored.</summary>
    public StorageKind Storage { get; init; }

    /// <summary>The file's bytes.</summary>
    public long Size { get; init; }

    /// <summary>The bytes of the object that stands for it.</summary>
    public long StoredSize { get; init; }

    /// <summary>What is wrong; null when nothing is, or nothing was recorded to compare with.</summary>
    public ErrorKind? Problem { get; init; }

    /// <summary>What was found, by kind.</summary>
    public VerifyFinding Finding { get; init; }

    /// <summary>True when it was mended after it had been found so, and read back once more.</summary>
    public bool IsRepaired { get; init; }

    /// <summary>The same in words.</summary>
    public string Reason { get; init; } = "";
}
