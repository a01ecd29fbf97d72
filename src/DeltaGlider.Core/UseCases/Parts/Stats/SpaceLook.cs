using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.UseCases.Parts.Stats;

/// <summary>A step through the listing, with what was found out about its object.</summary>
/// <param name="Step">The step.</param>
internal sealed record SpaceLook(SpaceStep<SpaceTally> Step)
{
    /// <summary>True when the store was asked about the object; what is null then has gone since it was listed.</summary>
    public bool IsAsked { get; init; }

    /// <summary>The object under the delta's key.</summary>
    public ResolvedObject? Delta { get; init; }

    /// <summary>The object under the file's own key.</summary>
    public ResolvedObject? Direct { get; init; }

    /// <summary>Adds it to its deltaspace.</summary>
    public void AddTo(SpaceTally tally)
    {
        if (Step.Reference is { } reference) tally.AddReference(reference);
        if (Step.Candidate is not { } candidate) return;
        if (IsAsked) AddAsked(tally);
        else if (candidate.Delta is { } delta) tally.AddUnseenDelta(delta);
        else if (candidate.Direct is { } direct) tally.AddDirect(direct.Size, direct.LastModified);
    }

    private void AddAsked(SpaceTally tally)
    {
        var delta = Delta;
        if (delta is { Kind: not StorageKind.Delta })
        {
            // A user's own file that happens to be called so.
            AddDirect(tally, delta);
            delta = null;
        }

        if (delta is null)
        {
            if (Direct is not null) AddDirect(tally, Direct);
        }
        else if (Direct is null)
        {
            tally.AddDelta(delta, Added(delta));
        }
        else if (VariantChoice.DeltaWins(Direct.Stored, Direct.Metadata, delta.Stored, delta.Metadata))
        {
            tally.AddDelta(delta, Added(delta));
            tally.AddSuperseded(Direct.Stored.Size);
        }
        else
        {
            AddDirect(tally, Direct);
            tally.AddSuperseded(delta.Stored.Size);
        }
    }

    private static void AddDirect(SpaceTally tally, ResolvedObject direct) => tally.AddDirect(direct.Stored.Size, Added(direct));

    private static DateTimeOffset Added(ResolvedObject one) => one.Metadata.CreatedAt ?? one.Stored.LastModified;
}
