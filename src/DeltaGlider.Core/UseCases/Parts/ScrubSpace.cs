using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>What is held of a deltaspace while its objects are verified.</summary>
/// <param name="space">The deltaspace.</param>
/// <param name="isPartial">True when only some of its keys are listed.</param>
internal sealed class ScrubSpace(DeltaSpace space, bool isPartial) : IDisposable
{
    /// <summary>The deltaspace.</summary>
    public DeltaSpace Space => space;

    /// <summary>True when only some of its keys are listed, so that the listing does not say what its reference is for.</summary>
    public bool IsPartial => isPartial;

    /// <summary>Its reference, in memory from its first delta to its last.</summary>
    public ReferenceHold References { get; } = new();

    /// <summary>The reference as it is listed.</summary>
    public ListedObject? Reference { get; set; }

    /// <summary>True when there is a key that a delta would have.</summary>
    public bool HasDeltas { get; set; }

    /// <inheritdoc/>
    public void Dispose() => References.Dispose();
}
