using System.Collections.Immutable;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.Model;

/// <summary>An object to write.</summary>
/// <param name="Target">Where to.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Metadata">User metadata, names in lower case without <c>x-amz-meta-</c>, values printable ASCII.</param>
public sealed record PutRequest(S3Uri Target, IContent Content, ImmutableDictionary<string, string> Metadata)
{
    /// <summary>The media type to keep with it.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>What must hold for the write to take place.</summary>
    public PutCondition Condition { get; init; }

    /// <summary>
    /// Only in place of the version with this <see cref="StoredObject.ETag"/>: <c>If-Match</c>. Not together with
    /// <see cref="PutCondition.IfAbsent"/>.
    /// </summary>
    public string? IfMatch { get; init; }

    /// <summary>The storage class as S3 names it; null for the bucket's own.</summary>
    public string? StorageClass { get; init; }
}
