using DeltaGlider.Core.Model;

namespace DeltaGlider.Demo;

/// <summary>What became of one release.</summary>
/// <param name="Release">The release.</param>
/// <param name="Put">How it was stored.</param>
/// <param name="Get">How it was restored.</param>
/// <param name="IsProven">True when the restored file has the original's SHA-256.</param>
internal sealed record Row(Release Release, PutObjectResult Put, GetObjectResult Get, bool IsProven)
{
    /// <summary>The bytes the store took for it, those of the reference with the release that brought it.</summary>
    public long Stored => Put.StoredSize + Put.ReferenceSize;
}
