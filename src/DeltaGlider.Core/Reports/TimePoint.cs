namespace DeltaGlider.Core.Reports;

/// <summary>What there was by the end of a day or month.</summary>
internal sealed record TimePoint(DateOnly Day, long Objects, long TotalSize, long StoredSize);
