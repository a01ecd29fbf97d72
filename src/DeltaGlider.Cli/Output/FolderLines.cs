using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Output;

/// <summary>Tells of runs over whole folders in the AWS CLI's words, a line for each file.</summary>
/// <param name="host">Where to.</param>
/// <param name="quiet">Errors only.</param>
/// <param name="dryRun">Nothing is done.</param>
internal sealed class FolderLines(Host host, bool quiet, bool dryRun)
{
    /// <summary>What it came to.</summary>
    public FolderSummary Summary { get; } = new();

    /// <summary>As the AWS CLI: 1 where something failed, 2 where something was only skipped.</summary>
    public int ExitCode => Summary.Failed > 0 ? ExitCodes.Failed : Summary.Kept > 0 ? ExitCodes.Skipped : ExitCodes.Done;

    /// <summary>Tells of a step.</summary>
    public void Write(FolderStepResult result)
    {
        Summary.Add(result);
        var step = result.Step;
        switch (result.Outcome)
        {
            case FolderOutcome.Failed when step.Name.Length == 0:
                host.Error.WriteLine($"delete failed: {result.Error!.FullText}");
                break;
            case FolderOutcome.Failed:
                host.Error.WriteLine($"{Verb(step)} failed: {Names(step)} {result.Error!.FullText}");
                break;
            case FolderOutcome.Kept:
                host.Error.WriteLine($"warning: Skipping {Names(step)}. The destination differs and is newer. --force replaces it.");
                break;
            case FolderOutcome.Done or FolderOutcome.NotDone when !quiet && (dryRun || result.Outcome == FolderOutcome.Done) && step.Action != FolderAction.MakeFolder:
                host.Out.WriteLine($"{(dryRun ? "(dryrun) " : "")}{Verb(step)}: {Names(step)}");
                break;
        }
    }

    private static string Verb(FolderStep step) => step.Action switch
    {
        FolderAction.Delete => "delete",
        FolderAction.Upload => "upload",
        FolderAction.Download => "download",
        FolderAction.Copy => "copy",
        _ => (S3Uri.LooksLike(step.Source), S3Uri.LooksLike(step.Destination)) switch
        {
            (true, true) => "copy",
            (true, false) => "download",
            _ => "upload",
        },
    };

    private static string Names(FolderStep step) =>
        step.Source.Length == 0 ? Shown(step.Destination) : $"{Shown(step.Source)} to {Shown(step.Destination)}";

    private static string Shown(string place) => S3Uri.LooksLike(place) ? place : ShownPath.Of(place);
}
