namespace DeltaGlider.Core.Model;

/// <summary>An object to fetch.</summary>
/// <param name="Source">The object, by its logical name.</param>
/// <param name="DestinationPath">The file to write; an existing folder, or a path that ends in a separator, means "into".</param>
public sealed record GetObjectRequest(S3Uri Source, string DestinationPath);
