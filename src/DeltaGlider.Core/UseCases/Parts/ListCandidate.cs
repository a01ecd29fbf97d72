using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>What a listing shows of one logical name, before anything was asked about it; a prefix has neither object.</summary>
internal sealed record ListCandidate(S3Uri Uri, ListedObject? Direct, ListedObject? Delta);
