using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.Model;

/// <summary>What is to be done about one name.</summary>
/// <param name="Action">What.</param>
/// <param name="Name">The name within both places.</param>
/// <param name="Source">Where it comes from: a path or a URI; empty for a removal.</param>
/// <param name="Destination">Where it goes: a path or a URI.</param>
public sealed record FolderStep(FolderAction Action, string Name, string Source, string Destination)
{
    /// <summary>Why.</summary>
    public SyncVerdict Reason { get; init; }

    /// <summary>The source's bytes; of a removal, the destination's.</summary>
    public long Size { get; init; }

    /// <summary>When the source's content last changed.</summary>
    public DateTimeOffset? SourceModified { get; init; }

    /// <summary>When the destination's did; null where there is none, or nobody looked.</summary>
    public DateTimeOffset? DestinationModified { get; init; }

    /// <summary>Why it is refused.</summary>
    public DeltaGliderException? Error { get; init; }

    /// <summary>True when a file or an object is replaced.</summary>
    public bool Replaces => Action is FolderAction.Upload or FolderAction.Download or FolderAction.Copy && DestinationModified is not null;

    /// <summary>The step as text.</summary>
    public override string ToString() => Action switch
    {
        FolderAction.Upload => $"store {Source} as {Destination} ({SyncRule.Words(Reason)})",
        FolderAction.Download => $"fetch {Source} into {Destination} ({SyncRule.Words(Reason)})",
        FolderAction.Copy => $"copy {Source} to {Destination} ({SyncRule.Words(Reason)})",
        FolderAction.MakeFolder => $"make the folder {Destination}",
        FolderAction.Delete => $"remove {Destination} ({SyncRule.Words(Reason)})",
        FolderAction.Keep => $"keep {Destination} ({SyncRule.Words(Reason)})",
        FolderAction.Refuse => $"leave out {Name}: {Error?.Message}",
        _ => $"leave {Destination} as it is ({SyncRule.Words(Reason)})",
    };
}
