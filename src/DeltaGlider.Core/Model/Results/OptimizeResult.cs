using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>What was done about a deltaspace's reference.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="ReferenceReplaced">True when another object is the reference now.</param>
public sealed record OptimizeResult(OptimizePlan Plan, bool ReferenceReplaced)
{
    /// <summary>What reference and objects take now, in bytes.</summary>
    public long BytesAfter { get; init; }

    /// <summary>How many objects became deltas.</summary>
    public int ReEncoded { get; init; }

    /// <summary>Objects that the reference does not serve.</summary>
    public ImmutableArray<S3Uri> LeftWhole { get; init; } = [];

    /// <summary>Objects that could not be read back, with the reason. They are as they were.</summary>
    public ImmutableArray<OptimizedObject> Unreadable { get; init; } = [];

    /// <summary>The object that became the reference; null where the present one stayed.</summary>
    public S3Uri? NewReference { get; init; }
}
