namespace DeltaGlider.Core.Model;

/// <summary>What copying an object would do.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Source">The object as it is stored now.</param>
/// <param name="Target">The key its copy gets.</param>
/// <param name="Existing">What is there now; null for nothing.</param>
public sealed record CopyObjectPlan(CopyObjectRequest Request, ResolvedObject Source, S3Uri Target, ResolvedObject? Existing)
{
    /// <summary>True when the same content is there already, so that there is nothing to do.</summary>
    public bool IsThere { get; init; }

    /// <summary>The plan as text.</summary>
    public override string ToString() => $"copy {Source.Logical} to {Target}{(Existing is null ? "" : ", in place of the object there")}";
}
