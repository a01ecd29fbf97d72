namespace DeltaGlider.Core.Model;

/// <summary>A write that was begun in parts and is not finished.</summary>
/// <param name="Uri">The object that it is to be; of a store that does not tell, the bucket.</param>
/// <param name="Id">What the store knows it by.</param>
/// <param name="BegunAt">When it was begun.</param>
public sealed record PendingUpload(S3Uri Uri, string Id, DateTimeOffset BegunAt)
{
    /// <summary>The bytes it takes, where the store tells.</summary>
    public long? Size { get; init; }
}
