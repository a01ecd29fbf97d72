namespace DeltaGlider.Core.Rules;

/// <summary>What is known of a source file and the destination's file of the same name.</summary>
/// <param name="Exists">Whether the destination has one.</param>
/// <param name="SameSize">Whether both have as many bytes.</param>
/// <param name="Times">Which is newer; null while nobody has looked.</param>
/// <param name="Content">Whether the bytes are the same; null while nobody has looked.</param>
public readonly record struct SyncFacts(bool Exists, bool SameSize, TimeRelation? Times, ContentRelation? Content);
