using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>What is in a reference's place, and in that of its spare.</summary>
/// <param name="Reference">The reference; null when there is none.</param>
/// <param name="Spare">The spare; null when there is none.</param>
internal sealed record InPlace(StoredObject? Reference, StoredObject? Spare);
