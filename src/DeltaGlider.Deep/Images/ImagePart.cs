namespace DeltaGlider.Deep.Images;

/// <summary>A stretch of a file that goes into its image, as it is or inflated.</summary>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="PlainLength">How long it is in the image.</param>
/// <param name="IsInflated">It is a deflate stream, and the image has what it holds.</param>
internal readonly record struct ImagePart(long Offset, long Length, long PlainLength, bool IsInflated)
{
    public static ImagePart Raw(long offset, long length) => new(offset, length, length, false);
}
