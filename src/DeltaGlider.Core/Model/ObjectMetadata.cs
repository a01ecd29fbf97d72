using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>
/// What the metadata of an object says, whichever tool of whichever era wrote it. Everything is optional;
/// <see cref="IsDeltaGlider"/> tells whether any DeltaGlider wrote it at all.
/// </summary>
public sealed record ObjectMetadata
{
    /// <summary>The tool and version that wrote the object.</summary>
    public string? Tool { get; init; }

    /// <summary>The base name of the file (on a reference: of the file that became the reference).</summary>
    public string? OriginalName { get; init; }

    /// <summary>The SHA-256 of the original bytes.</summary>
    public Sha256Digest? FileSha256 { get; init; }

    /// <summary>The number of original bytes.</summary>
    public long? FileSize { get; init; }

    /// <summary>When the object was made, by its writer's clock.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When a temporary is of no use any more.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The whole key of the delta's reference.</summary>
    public string? ReferenceKey { get; init; }

    /// <summary>The key of the delta's reference within its deltaspace.</summary>
    public string? ReferencePath { get; init; }

    /// <summary>The SHA-256 of the delta's reference.</summary>
    public Sha256Digest? ReferenceSha256 { get; init; }

    /// <summary>The number of the delta's own bytes.</summary>
    public long? DeltaSize { get; init; }

    /// <summary>How the delta is written; null for VCDIFF.</summary>
    public string? Codec { get; init; }

    /// <summary>When the source file was last modified.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>The caller's own metadata.</summary>
    public ImmutableDictionary<string, string> User { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>True when a DeltaGlider of any kind wrote the object: each of them records the SHA-256.</summary>
    public bool IsDeltaGlider => FileSha256 is not null;

    /// <summary>True when the metadata is a delta's: it names a reference by its SHA-256.</summary>
    public bool IsDelta => IsDeltaGlider && ReferenceSha256 is not null;
}
