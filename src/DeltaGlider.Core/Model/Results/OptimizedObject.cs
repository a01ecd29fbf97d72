namespace DeltaGlider.Core.Model;

/// <summary>One step done on one object.</summary>
/// <param name="Uri">The object.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Storage">How it is stored now; null where it is gone.</param>
/// <param name="StoredSize">The bytes it takes now.</param>
public sealed record OptimizedObject(S3Uri Uri, OptimizeOutcome Outcome, StorageKind? Storage, long StoredSize)
{
    /// <summary>Why it could not be read back; empty as a rule.</summary>
    public string Problem { get; init; } = "";
}
