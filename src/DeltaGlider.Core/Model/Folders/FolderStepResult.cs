using DeltaGlider.Core.Errors;

namespace DeltaGlider.Core.Model;

/// <summary>A step, and what came of it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record FolderStepResult(FolderStep Step, FolderOutcome Outcome)
{
    /// <summary>Why it failed.</summary>
    public DeltaGliderException? Error { get; init; }

    /// <summary>The file stored, for an upload or a copy that was done.</summary>
    public PutObjectResult? Stored { get; init; }

    /// <summary>The object fetched, for a download that was done.</summary>
    public GetObjectResult? Fetched { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }
}
