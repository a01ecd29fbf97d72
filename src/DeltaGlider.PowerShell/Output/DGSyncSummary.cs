using System.Diagnostics.CodeAnalysis;

namespace DeltaGlider;

/// <summary>What a sync came to.</summary>
public sealed class DGSyncSummary
{
    /// <summary>Where files came from.</summary>
    public string Source { get; init; } = "";

    /// <summary>Where they went.</summary>
    public string Destination { get; init; } = "";

    /// <summary>Files stored, fetched or copied.</summary>
    public long Transferred { get; init; }

    /// <summary>Files removed.</summary>
    public long Deleted { get; init; }

    /// <summary>Files that were the same already.</summary>
    public long Unchanged { get; init; }

    /// <summary>Files that are newer at the destination and were kept.</summary>
    public long Kept { get; init; }

    /// <summary>Steps that were only planned, or declined.</summary>
    public long NotDone { get; init; }

    /// <summary>Steps that failed.</summary>
    public long Failed { get; init; }

    /// <summary>The bytes of the files transferred.</summary>
    public long TransferredSize { get; init; }

    /// <summary>The bytes that stand for them in the store, references created for them included.</summary>
    public long StoredSize { get; init; }

    /// <summary>The bytes saved.</summary>
    public long Saved => TransferredSize - StoredSize;

    /// <summary>The same in percent; null where nothing was transferred.</summary>
    public double? SavedPercent => Savings.Percent(TransferredSize, StoredSize);

    /// <summary>What failed, and why: the first hundred.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "What scripts read is an array.")]
    public string[] Failures { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The summary in a line.</summary>
    public override string ToString() => $"{Transferred} transferred, {Deleted} deleted, {Unchanged} unchanged, {Kept} kept, {Failed} failed";
}
