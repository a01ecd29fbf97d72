using System.Collections.Immutable;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Images;

namespace DeltaGlider.Deep.Container;

/// <summary>Everything of a deep delta but the delta between the images.</summary>
/// <param name="Encoders">The encoders that operations name.</param>
/// <param name="ReferenceParts">What the old image is put together from, in the order of the reference.</param>
/// <param name="Operations">What the target is put together from, in its order.</param>
internal sealed record DeepPlan(
    ImmutableArray<DeflateParameters> Encoders, ImmutableArray<ImagePart> ReferenceParts, ImmutableArray<TargetOperation> Operations)
{
    /// <summary>How long the new image is.</summary>
    public long ImageLength { get; } = Operations.Sum(one => one.ImageLength);
}
