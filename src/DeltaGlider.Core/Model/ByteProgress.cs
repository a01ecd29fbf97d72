namespace DeltaGlider.Core.Model;

/// <summary>How far a piece of work on one object is.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Subject">To which object or file.</param>
/// <param name="Done">Bytes done so far.</param>
/// <param name="Total">Bytes in all, or null where unknown.</param>
public readonly record struct ByteProgress(WorkPhase Phase, string Subject, long Done, long? Total);
