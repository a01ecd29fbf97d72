namespace DeltaGlider.Core.Model;

/// <summary>A link to an object. It is as good as a key to it: it must get into no log.</summary>
/// <param name="Uri">The object, by its logical name.</param>
/// <param name="Link">The link.</param>
/// <param name="ExpiresAt">Until when it is good.</param>
/// <param name="Target">What it leads to: the object itself, or the file restored for it.</param>
/// <param name="Size">The bytes it fetches.</param>
/// <param name="Sha256">Their recorded SHA-256; null where none was recorded.</param>
/// <param name="IsVerified">True when the bytes were compared with it.</param>
public sealed record PresignResult(S3Uri Uri, Uri Link, DateTimeOffset ExpiresAt, S3Uri Target, long Size, Sha256Digest? Sha256, bool IsVerified)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Uri} until {ExpiresAt:u}";
}
