using DeltaGlider.Core.Model;

namespace DeltaGlider.Base;

/// <summary>A place that a user named: in S3, or on this machine.</summary>
/// <param name="Uri">The object, prefix or bucket; null for a local path.</param>
/// <param name="LocalPath">The absolute path as the operating system knows it; null for one in S3.</param>
internal sealed record Place(S3Uri? Uri, string? LocalPath)
{
    /// <inheritdoc/>
    public override string ToString() => Uri?.ToString() ?? LocalPath ?? "";
}
