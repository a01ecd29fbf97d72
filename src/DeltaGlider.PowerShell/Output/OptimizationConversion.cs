using DeltaGlider.Core.Model;

namespace DeltaGlider;

/// <summary>What came of looking after a reference, as what the pipeline gets.</summary>
internal static class OptimizationConversion
{
    /// <summary>A plan that was not carried out.</summary>
    public static DGOptimization ToOutput(this OptimizePlan plan, TimeSpan elapsed) => From(plan, null, elapsed);

    /// <summary>A plan that was.</summary>
    public static DGOptimization ToOutput(this OptimizeResult result, TimeSpan elapsed) => From(result.Plan, result, elapsed);

    private static DGOptimization From(OptimizePlan plan, OptimizeResult? result, TimeSpan elapsed) => new()
    {
        Uri = plan.Space.ToString(),
        Action = plan.Action switch
        {
            OptimizeAction.ReEncode => DGOptimizeAction.ReEncode,
            OptimizeAction.ReplaceReference => DGOptimizeAction.ReplaceReference,
            _ => DGOptimizeAction.None,
        },
        Performed = result is not null,
        Reason = plan.Reason,
        NewReference = (result is null ? plan.NewReference : result.NewReference)?.ToString(),
        Objects = plan.Objects,
        Sampled = plan.Sampled,
        ReEncoded = result?.ReEncoded ?? 0,
        BeforeSize = plan.PresentBytes,
        ExpectedSize = plan.ExpectedBytes,
        AfterSize = result?.BytesAfter ?? plan.PresentBytes,
        TemporarySize = plan.TemporaryBytes,
        MovedSize = plan.BytesToMove,
        Dissimilar = [.. (result?.LeftWhole ?? plan.Dissimilar).Select(uri => uri.ToString())],
        Unreadable = result is null ? [] : [.. result.Unreadable.Select(one => one.Uri.ToString())],
        Elapsed = elapsed,
    };
}
