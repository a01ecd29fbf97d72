using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>What a write came to.</summary>
/// <param name="Stored">The object that now stands for the file.</param>
/// <param name="ReferenceBytes">The bytes of the reference that was created for it; 0 where one was there.</param>
/// <param name="EncodeTime">How long the delta took to make.</param>
internal sealed record WriteOutcome(StoredObject Stored, long ReferenceBytes, TimeSpan EncodeTime);
