using System.Collections.Immutable;
using System.Globalization;

namespace DeltaGlider.Core.Model;

/// <summary>How well the reference of a deltaspace serves, and what to do about it. All sizes are bytes.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Space">The deltaspace.</param>
/// <param name="Action">What would be done.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record OptimizePlan(OptimizeRequest Request, DeltaSpace Space, OptimizeAction Action, string Reason)
{
    /// <summary>How many objects are deltas, or may become some.</summary>
    public int Objects { get; init; }

    /// <summary>How many of them are stored whole at present.</summary>
    public int Whole { get; init; }

    /// <summary>How many were tried as reference. Where it is all of them, the figures are no estimates.</summary>
    public int Sampled { get; init; }

    /// <summary>The present reference; null where there is none.</summary>
    public StoredObject? Reference { get; init; }

    /// <summary>What was tried, the best first.</summary>
    public ImmutableArray<ReferenceCandidate> Candidates { get; init; } = [];

    /// <summary>Samples that no candidate serves within the ratio limit: they stay whole.</summary>
    public ImmutableArray<S3Uri> Dissimilar { get; init; } = [];

    /// <summary>What reference and objects take at present.</summary>
    public long PresentBytes { get; init; }

    /// <summary>What they would take.</summary>
    public long ExpectedBytes { get; init; }

    /// <summary>What they would take for a time beyond <see cref="PresentBytes"/>.</summary>
    public long TemporaryBytes { get; init; }

    /// <summary>What would be fetched and sent in all.</summary>
    public long BytesToMove { get; init; }

    /// <summary>What would be freed.</summary>
    public long Saving => PresentBytes - ExpectedBytes;

    /// <summary>The object that would become the reference; null where the present one stays.</summary>
    public S3Uri? NewReference => Action == OptimizeAction.ReplaceReference ? Candidates[0].Uri : null;

    /// <summary>The plan as text.</summary>
    public override string ToString() => Action switch
    {
        OptimizeAction.None => $"leave {Space} as it is: {Reason}",
        OptimizeAction.ReEncode => $"re-encode {Whole} of {Objects} objects of {Space} against its reference ({Figures()})",
        _ => $"make {Candidates[0].Uri} the reference of {Space} and re-encode its {Objects} objects ({Figures()})",
    };

    private string Figures() => string.Create(
        CultureInfo.InvariantCulture,
        $"{PresentBytes:N0} bytes stored now, {(Sampled < Objects ? "about " : "")}{ExpectedBytes:N0} then: {100.0 * Saving / Math.Max(1, PresentBytes):0.0} % saved; up to {TemporaryBytes:N0} more meanwhile, {BytesToMove:N0} to move");
}
