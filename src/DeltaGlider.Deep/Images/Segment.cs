namespace DeltaGlider.Deep.Images;

/// <summary>A stretch of the target, before it is known whether an encoder makes it.</summary>
/// <param name="Offset">Where it begins in the target.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Reference">Where the same bytes are in the reference; -1 where that is not known.</param>
/// <param name="Stream">Which stream of the target it is; -1 for none, or one that is not looked into.</param>
internal readonly record struct Segment(long Offset, long Length, long Reference = -1, int Stream = -1)
{
    public long End => Offset + Length;

    public bool IsCopy => Reference >= 0;
}
