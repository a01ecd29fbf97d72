using System.Diagnostics.CodeAnalysis;

namespace DeltaGlider;

/// <summary>An object that was removed.</summary>
public sealed class DGRemovalResult
{
    /// <summary>Its logical name.</summary>
    public string Uri { get; init; } = "";

    /// <summary>The keys that went, in this order.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "An array is what PowerShell shows, serializes and indexes best.")]
    public string[] RemovedKeys { get; init; } = [];

    /// <summary>True when the deltaspace's reference went with its last delta.</summary>
    public bool ReferenceRemoved { get; init; }

    /// <summary>The stored bytes freed in all.</summary>
    public long FreedBytes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Uri;
}
