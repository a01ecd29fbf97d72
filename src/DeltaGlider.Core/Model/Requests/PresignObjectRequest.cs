namespace DeltaGlider.Core.Model;

/// <summary>An object to make a link to.</summary>
/// <param name="Uri">The object, by its logical name.</param>
/// <param name="Expires">How long the link is to be good: a second to 7 days.</param>
public sealed record PresignObjectRequest(S3Uri Uri, TimeSpan Expires)
{
    /// <summary>Read an object that is stored whole, too, and compare its SHA-256 first. What is restored is always compared.</summary>
    public bool Verify { get; init; }
}
