namespace DeltaGlider.Core.Model;

/// <summary>What was added on one day (UTC), by the time its writer recorded, else by the store's.</summary>
/// <param name="Day">The day.</param>
/// <param name="Objects">Files.</param>
/// <param name="TotalSize">Their bytes.</param>
/// <param name="StoredSize">The bytes stored for them, a new reference's included.</param>
public sealed record DayFigures(DateOnly Day, long Objects, long TotalSize, long StoredSize);
