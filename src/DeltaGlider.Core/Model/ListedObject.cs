namespace DeltaGlider.Core.Model;

/// <summary>An object as a listing shows it: no metadata.</summary>
/// <param name="Key">Its whole key.</param>
/// <param name="Size">Its stored bytes.</param>
/// <param name="LastModified">When the store took it.</param>
/// <param name="ETag">The store's version mark, without quotes; opaque.</param>
/// <param name="StorageClass">The storage class as S3 names it; null for the standard one.</param>
public sealed record ListedObject(string Key, long Size, DateTimeOffset LastModified, string ETag, string? StorageClass = null);
