namespace DeltaGlider.Core.Model;

/// <summary>What making a link would do.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Source">The object as it is stored now.</param>
public sealed record PresignPlan(PresignObjectRequest Request, ResolvedObject Source)
{
    /// <summary>True when the file has to be restored into the bucket for a while.</summary>
    public bool NeedsTemporary => Source.Kind == StorageKind.Delta;

    /// <summary>The plan as text.</summary>
    public override string ToString() => NeedsTemporary
        ? $"restore {Source.Logical} into the bucket for a while and make a link to it"
        : $"make a link to {Source.Logical}";
}
