using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>A step through a listing: an object, a reference, or the end of a deltaspace.</summary>
/// <param name="Space">What the caller holds of the deltaspace.</param>
internal readonly record struct SpaceStep<TSpace>(TSpace Space)
{
    /// <summary>What the listing has under one logical name.</summary>
    public ListCandidate? Candidate { get; init; }

    /// <summary>The deltaspace's reference.</summary>
    public ListedObject? Reference { get; init; }

    /// <summary>True when nothing more comes of this deltaspace.</summary>
    public bool IsEnd { get; init; }
}
