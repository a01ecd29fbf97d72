namespace DeltaGlider.Core.Model;

/// <summary>What fetching an object would do.</summary>
/// <param name="Source">The object as it is stored now.</param>
/// <param name="DestinationPath">The file that would be written.</param>
/// <param name="Replaces">True when a file is there already.</param>
public sealed record GetObjectPlan(ResolvedObject Source, string DestinationPath, bool Replaces)
{
    /// <summary>The plan as text.</summary>
    public override string ToString() => $"fetch {Source.Logical} into {DestinationPath}{(Replaces ? ", in place of the file there" : "")}";
}
