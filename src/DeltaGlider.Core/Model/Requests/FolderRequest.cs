using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.Model;

/// <summary>Whole folders or prefixes to bring from one place to another.</summary>
/// <param name="Source">Where files come from.</param>
/// <param name="Destination">Where they go.</param>
public sealed record FolderRequest(FolderPlace Source, FolderPlace Destination)
{
    /// <summary>Which names take part, on both sides.</summary>
    public PathFilter Filter { get; init; } = PathFilter.All;

    /// <summary>How two files of one name are compared; null copies without a comparison, but for what is newer.</summary>
    public SyncMode? Mode { get; init; } = SyncMode.Times;

    /// <summary>Replace what is newer or read-only too, and remove even where everything would go.</summary>
    public bool Force { get; init; }

    /// <summary>Replace what is newer without <see cref="Force"/>.</summary>
    public bool ReplaceNewer { get; init; }

    /// <summary>Remove from the destination what the source does not have.</summary>
    public bool Delete { get; init; }

    /// <summary>More removals than this are none.</summary>
    public long? MaxDelete { get; init; }

    /// <summary>Walk through symbolic links, as long as they lead to somewhere within the source; otherwise they are passed over.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>How files are stored.</summary>
    public StoreOptions Storing { get; init; } = new();

    /// <summary>From S3 to S3: go from deltaspace to deltaspace and take the oldest first, so that it becomes the reference.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>From S3 to S3: read each copy back and compare it before it counts as done.</summary>
    public bool Verify { get; init; }
}
