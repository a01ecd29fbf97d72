using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>What a run over whole folders came to, added up while it goes on.</summary>
public sealed class FolderSummary
{
    private const int NamedFailures = 100;

    private readonly List<string> _failures = [];

    /// <summary>Files stored, fetched or copied.</summary>
    public long Transferred { get; private set; }

    /// <summary>Files removed from the destination.</summary>
    public long Deleted { get; private set; }

    /// <summary>Files that were the same already.</summary>
    public long Unchanged { get; private set; }

    /// <summary>Files that the destination has newer, and that were kept.</summary>
    public long Kept { get; private set; }

    /// <summary>Steps that nobody consented to.</summary>
    public long NotDone { get; private set; }

    /// <summary>Steps that failed.</summary>
    public long Failed { get; private set; }

    /// <summary>The bytes of the files transferred.</summary>
    public long TransferredSize { get; private set; }

    /// <summary>What stands for them in the store, references made for them included.</summary>
    public long StoredSize { get; private set; }

    /// <summary>The first hundred names that failed, each with why.</summary>
    public ImmutableArray<string> Failures => [.. _failures];

    /// <summary>Counts a step.</summary>
    public void Add(FolderStepResult result)
    {
        switch (result.Outcome)
        {
            case FolderOutcome.Done when result.Step.Action == FolderAction.Delete:
                Deleted++;
                break;
            case FolderOutcome.Done when result.Step.Action == FolderAction.MakeFolder:
                break;
            case FolderOutcome.Done:
                Transferred++;
                TransferredSize += result.Stored?.Size ?? result.Fetched?.Size ?? 0;
                StoredSize += result.Stored is { } stored ? stored.StoredSize + stored.ReferenceSize : result.Fetched?.StoredSize ?? 0;
                break;
            case FolderOutcome.Unchanged:
                Unchanged++;
                break;
            case FolderOutcome.Kept:
                Kept++;
                break;
            case FolderOutcome.NotDone:
                NotDone++;
                break;
            default:
                Failed++;
                if (_failures.Count < NamedFailures) _failures.Add($"{result.Step.Name}: {result.Error?.Message}");
                break;
        }
    }
}
