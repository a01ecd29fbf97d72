using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>What is kept with a file's bytes.</summary>
/// <param name="Modified">When the file was last modified, if known.</param>
/// <param name="UserMetadata">The caller's own metadata.</param>
public sealed record FileFacts(DateTimeOffset? Modified, ImmutableDictionary<string, string> UserMetadata)
{
    /// <summary>Nothing.</summary>
    public static FileFacts None { get; } = new(null, ImmutableDictionary<string, string>.Empty);
}
