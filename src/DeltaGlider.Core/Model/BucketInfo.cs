namespace DeltaGlider.Core.Model;

/// <summary>A bucket as the store lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CreatedAt">When it was made, if the store says.</param>
public sealed record BucketInfo(string Name, DateTimeOffset? CreatedAt);
