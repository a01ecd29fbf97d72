using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>An object as the store describes it: what a HEAD answers.</summary>
/// <param name="Uri">Where it lies.</param>
/// <param name="Size">Its stored bytes.</param>
/// <param name="LastModified">When the store took it.</param>
/// <param name="ETag">The store's version mark, without quotes; opaque.</param>
/// <param name="ContentType">Its media type, if the store keeps one.</param>
/// <param name="Metadata">User metadata, names in lower case without <c>x-amz-meta-</c>, values as stored.</param>
public sealed record StoredObject(
    S3Uri Uri,
    long Size,
    DateTimeOffset LastModified,
    string ETag,
    string? ContentType,
    ImmutableDictionary<string, string> Metadata)
{
    /// <summary>The storage class as S3 names it; null for the standard one.</summary>
    public string? StorageClass { get; init; }
}
