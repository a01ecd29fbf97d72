namespace DeltaGlider.Core.Model;

/// <summary>What a listing comes to: kept statistics hold while it is the same.</summary>
/// <param name="Objects">How many stored objects there are.</param>
/// <param name="Bytes">Their bytes.</param>
public readonly record struct ListingMark(long Objects, long Bytes)
{
    /// <summary>With one more object.</summary>
    public ListingMark Plus(long size) => new(Objects + 1, Bytes + size);
}
