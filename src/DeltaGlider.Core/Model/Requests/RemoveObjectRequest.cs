namespace DeltaGlider.Core.Model;

/// <summary>An object to remove.</summary>
/// <param name="Uri">The object, by its logical name; a reference by its own.</param>
public sealed record RemoveObjectRequest(S3Uri Uri)
{
    /// <summary>With a reference, remove every object that needs it too.</summary>
    public bool IncludeDependents { get; init; }
}
