namespace DeltaGlider.Core.Model;

/// <summary>A link to make.</summary>
/// <param name="Uri">The object.</param>
/// <param name="Expires">How long the link is good; 7 days at most, which is all that Signature Version 4 allows
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ShareObjectPreSignedURL.html).</param>
public sealed record PresignRequest(S3Uri Uri, TimeSpan Expires)
{
    /// <summary>The name under which a browser saves it; null for that of the key.</summary>
    public string? FileName { get; init; }

    /// <summary>The media type to answer with; null for the object's own.</summary>
    public string? ContentType { get; init; }
}
