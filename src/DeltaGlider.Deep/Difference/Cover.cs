namespace DeltaGlider.Deep.Difference;

/// <summary>A stretch of the target that is like a stretch of the source, though not in every byte.</summary>
/// <param name="Target">Where it begins in the target.</param>
/// <param name="Source">Where its like begins in the source.</param>
/// <param name="Length">How long both are.</param>
internal readonly record struct Cover(long Target, long Source, long Length)
{
    public long End => Target + Length;

    /// <summary>Source offset less target offset.</summary>
    public long Diagonal => Source - Target;
}
