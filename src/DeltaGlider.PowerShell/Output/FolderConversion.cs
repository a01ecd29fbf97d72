using DeltaGlider.Base;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider;

/// <summary>Makes what scripts see of runs over whole folders.</summary>
internal static class FolderConversion
{
    /// <summary>A place as one that holds files.</summary>
    public static FolderPlace ToFolder(this Place place) => place.Uri is { } uri ? FolderPlace.In(uri) : FolderPlace.At(place.LocalPath!);

    /// <summary>A step of a sync; <paramref name="isPlan"/> where nothing was to be done.</summary>
    public static DGSyncAction ToOutput(this FolderStepResult result, bool isPlan) => new()
    {
        Action = result.Step.Action.ToOutput(),
        Status = StatusOf(result.Outcome, isPlan),
        Name = result.Step.Name,
        Reason = result.Step.Action == FolderAction.Refuse ? "" : SyncRule.Words(result.Step.Reason),
        Source = result.Step.Source,
        Destination = result.Step.Destination,
        Uri = S3Uri.LooksLike(result.Step.Destination) ? result.Step.Destination : S3Uri.LooksLike(result.Step.Source) ? result.Step.Source : null,
        Size = result.Step.Size,
        Storage = (result.Stored?.Storage ?? result.Fetched?.Storage)?.ToOutput(),
        StoredSize = result.Stored?.StoredSize ?? result.Fetched?.StoredSize ?? 0,
        ReferenceSize = result.Stored?.ReferenceSize ?? 0,
        Sha256 = (result.Stored?.Sha256 ?? result.Fetched?.Sha256)?.Hex,
        SourceModified = result.Step.SourceModified?.UtcDateTime,
        DestinationModified = result.Step.DestinationModified?.UtcDateTime,
        Elapsed = result.Elapsed,
        Error = result.Error?.FullText,
    };

    /// <summary>The sum of a sync.</summary>
    public static DGSyncSummary ToOutput(this FolderSummary summary, FolderRequest request, TimeSpan elapsed) => new()
    {
        Source = request.Source.ToString(),
        Destination = request.Destination.ToString(),
        Transferred = summary.Transferred,
        Deleted = summary.Deleted,
        Unchanged = summary.Unchanged,
        Kept = summary.Kept,
        NotDone = summary.NotDone,
        Failed = summary.Failed,
        TransferredSize = summary.TransferredSize,
        StoredSize = summary.StoredSize,
        Failures = [.. summary.Failures],
        Elapsed = elapsed,
    };

    /// <summary>A file of a folder that was copied, or was there already.</summary>
    public static DGCopyResult ToCopyResult(this FolderStepResult result) =>
        result.Stored?.ToOutput(result.Elapsed)
        ?? result.Fetched?.ToOutput(result.Elapsed)
        ?? Skipped(result.Step.Source, result.Step.Destination, result.Step.Size, null, null);

    /// <summary>An object whose copy was there already.</summary>
    public static DGCopyResult ToSkipped(this CopyObjectPlan plan) =>
        Skipped(plan.Source.Logical.ToString(), plan.Target.ToString(), plan.Source.Size, plan.Existing, plan.Existing?.Metadata.FileSha256);

    private static DGCopyResult Skipped(string source, string destination, long size, ResolvedObject? existing, Sha256Digest? sha256) => new()
    {
        Source = source,
        Destination = destination,
        Uri = S3Uri.LooksLike(destination) ? destination : source,
        Storage = existing?.Kind.ToOutput() ?? DGStorage.Direct,
        Size = size,
        StoredSize = existing?.Stored.Size ?? size,
        Sha256 = sha256?.Hex ?? "",
        Skipped = true,
    };

    private static DGSyncVerb ToOutput(this FolderAction action) => action switch
    {
        FolderAction.Upload => DGSyncVerb.Upload,
        FolderAction.Download => DGSyncVerb.Download,
        FolderAction.Copy => DGSyncVerb.Copy,
        FolderAction.MakeFolder => DGSyncVerb.MakeFolder,
        FolderAction.Delete => DGSyncVerb.Delete,
        FolderAction.Keep => DGSyncVerb.Keep,
        FolderAction.Refuse => DGSyncVerb.Refuse,
        _ => DGSyncVerb.None,
    };

    private static DGSyncStatus StatusOf(FolderOutcome outcome, bool isPlan) => outcome switch
    {
        FolderOutcome.Done => DGSyncStatus.Done,
        FolderOutcome.Unchanged => DGSyncStatus.Unchanged,
        FolderOutcome.Kept => DGSyncStatus.Kept,
        FolderOutcome.NotDone => isPlan ? DGSyncStatus.Planned : DGSyncStatus.Declined,
        _ => DGSyncStatus.Failed,
    };
}
