namespace DeltaGlider;

/// <summary>What a sync did about one name, or would do.</summary>
public sealed class DGSyncAction
{
    /// <summary>What.</summary>
    public DGSyncVerb Action { get; init; }

    /// <summary>What came of it.</summary>
    public DGSyncStatus Status { get; init; }

    /// <summary>The name within both places, with / between its parts.</summary>
    public string Name { get; init; } = "";

    /// <summary>Why, in a few words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Where it comes from: a path or an S3 URI; empty for a removal.</summary>
    public string Source { get; init; } = "";

    /// <summary>Where it goes: an S3 URI or a path.</summary>
    public string Destination { get; init; } = "";

    /// <summary>The one of the two that is in S3, the destination where both are; null where none is.</summary>
    public string? Uri { get; init; }

    /// <summary>The file's bytes.</summary>
    public long Size { get; init; }

    /// <summary>How it is stored; null where nothing was transferred.</summary>
    public DGStorage? Storage { get; init; }

    /// <summary>The bytes of the object that stands for it.</summary>
    public long StoredSize { get; init; }

    /// <summary>The bytes of the reference that was created with it.</summary>
    public long ReferenceSize { get; init; }

    /// <summary>The SHA-256 of what was transferred, in hexadecimal digits.</summary>
    public string? Sha256 { get; init; }

    /// <summary>When the source's content last changed, in UTC.</summary>
    public DateTime? SourceModified { get; init; }

    /// <summary>When the destination's did, in UTC; null where there was none.</summary>
    public DateTime? DestinationModified { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The action in a line.</summary>
    public override string ToString() => $"{Action} {Name}: {Status}";
}
