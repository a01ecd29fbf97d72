using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>What would be done to mend an object.</summary>
/// <param name="Uri">The object that was found wanting, by its logical name.</param>
/// <param name="Kind">How.</param>
/// <param name="Text">The same in words.</param>
public sealed record RepairPlan(S3Uri Uri, RepairKind Kind, string Text)
{
    /// <summary>The stored object to be written, and where its bytes come from where that is a reference.</summary>
    internal S3Uri Target { get; init; }

    /// <summary>The version to be replaced; null where nothing is there.</summary>
    internal StoredObject? Replaced { get; init; }

    /// <summary>The metadata it gets.</summary>
    internal ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The SHA-256 of the reference that is written; null for a delta.</summary>
    internal Sha256Digest? ReferenceSha256 { get; init; }

    /// <summary>The removal, where it is one.</summary>
    internal RemoveObjectPlan? Removal { get; init; }

    /// <summary>The plan as text.</summary>
    public override string ToString() => Text;
}
