namespace DeltaGlider.Core.Model;

/// <summary>A bucket to clear of what the tool, or a killed one, has left.</summary>
/// <param name="Bucket">The bucket.</param>
public sealed record PurgeRequest(string Bucket)
{
    /// <summary>The age from which an unfinished upload counts as stale where nothing is said.</summary>
    public static TimeSpan DefaultAge { get; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Uploads that were begun longer ago are taken to be nobody's any more. Temporaries go by the expiry that they record.
    /// </summary>
    public TimeSpan OlderThan { get; init; } = DefaultAge;
}
