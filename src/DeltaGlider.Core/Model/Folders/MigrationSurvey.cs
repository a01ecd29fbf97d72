namespace DeltaGlider.Core.Model;

/// <summary>What is to be migrated, as a listing shows it.</summary>
/// <param name="Objects">How many objects there are.</param>
/// <param name="StoredSize">The bytes they take now, references included.</param>
public sealed record MigrationSurvey(long Objects, long StoredSize);
