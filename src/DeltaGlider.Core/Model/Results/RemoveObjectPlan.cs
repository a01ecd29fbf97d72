using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>What removing an object would do.</summary>
/// <param name="Uri">What was asked for.</param>
/// <param name="Objects">The stored objects that would go, in this order.</param>
public sealed record RemoveObjectPlan(S3Uri Uri, ImmutableArray<StoredObject> Objects)
{
    /// <summary>The plan as text.</summary>
    public override string ToString() => Objects.Length == 1
        ? $"remove {Uri}"
        : $"remove {Uri}: {string.Join(", ", Objects.Take(5).Select(stored => stored.Uri.Key))}{(Objects.Length > 5 ? $" and {Objects.Length - 5} more" : "")}";
}
