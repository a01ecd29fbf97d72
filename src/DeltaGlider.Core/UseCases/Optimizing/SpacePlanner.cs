using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>Decides from a measurement what to do about a deltaspace, and what that costs.</summary>
internal static class SpacePlanner
{
    public static OptimizePlan Plan(OptimizeRequest request, DeltaSpace space, SpaceContents contents, TrialOutcome trial, double maxRatio)
    {
        var items = contents.Items;
        var reference = contents.Reference;
        var isOurs = reference is null || items.Any(item => !item.IsWhole) || MetadataReader.Read(reference.Metadata).IsDeltaGlider;
        var sha256 = reference is null ? null : MetadataReader.Read(reference.Metadata).FileSha256;
        var candidates = trial.Candidates.RemoveAll(candidate => candidate.Sha256 == sha256);
        var best = candidates.FirstOrDefault();
        var now = (reference?.Size ?? 0) + items.Sum(item => item.Object.Stored.Size + (item.Object.Superseded?.Size ?? 0));
        var plan = new OptimizePlan(request, space, OptimizeAction.None, "")
        {
            Objects = items.Length,
            Whole = items.Count(item => item.IsWhole || item.Object.Superseded is not null),
            Sampled = trial.Sampled,
            Reference = reference,
            Candidates = candidates,
            Dissimilar = trial.Dissimilar,
            PresentBytes = now,
            ExpectedBytes = now,
        };

        if (!isOurs) return plan with { Reason = "its reference.bin is a file that DeltaGlider did not write" };
        if (items.Length < 2) return plan with { Reason = "it has no two objects that a reference could serve" };
        if (contents.Foreign.Length > 0 && reference is null) return plan with { Reason = $"{contents.Foreign[0]} has the name of a delta and not its metadata" };
        if (contents.Foreign.Length == 0 && best is not null && best.ExpectedBytes <= trial.PresentBytes * (1 - request.MinSaving))
            return WithCosts(plan with { Action = OptimizeAction.ReplaceReference, Reason = "another one serves better", ExpectedBytes = best.ExpectedBytes }, contents, maxRatio);
        if (reference is not null && (trial.PresentBytes < now || items.Any(item => item.Object.Superseded is not null)))
            return WithCosts(plan with { Action = OptimizeAction.ReEncode, Reason = "its reference serves files that are stored whole", ExpectedBytes = trial.PresentBytes }, contents, maxRatio);
        return plan with
        {
            Reason = contents.Foreign.Length > 0 ? $"{contents.Foreign[0]} has the name of a delta and not its metadata, so the reference has to stay"
                : best is null || best.ExpectedBytes >= now ? "none of its objects serves better than its reference"
                : "another reference would save too little",
        };
    }

    private static OptimizePlan WithCosts(OptimizePlan plan, SpaceContents contents, double maxRatio)
    {
        var whole = contents.Items.Where(item => item.IsWhole).ToArray();
        var deltas = contents.Items.Where(item => !item.IsWhole).ToArray();
        var reference = plan.Reference?.Size ?? 0;
        if (plan.Action == OptimizeAction.ReEncode)
        {
            return plan with
            {
                TemporaryBytes = whole.Length == 0 ? 0 : (long)(whole.Max(item => item.Size) * maxRatio),
                BytesToMove = whole.Sum(item => item.Size) + Math.Max(0, plan.ExpectedBytes - reference - deltas.Sum(item => item.Object.Stored.Size)),
            };
        }

        // At the moment of the exchange all is whole, and the old reference is there twice, or the new one is there.
        var files = contents.Items.Sum(item => item.Size);
        var next = plan.Candidates[0].Size;
        var down = reference + deltas.Sum(item => item.Object.Stored.Size) + next + files;
        var up = deltas.Sum(item => item.Size) + reference + plan.ExpectedBytes;
        return plan with { TemporaryBytes = Math.Max(0, files + Math.Max(2 * reference, next) - plan.PresentBytes), BytesToMove = down + up };
    }
}
