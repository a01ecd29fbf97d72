namespace DeltaGlider.Core.Model;

/// <summary>What storing a file would do.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="SourcePath">The file's full path.</param>
/// <param name="Target">The key it gets.</param>
/// <param name="Size">The file's bytes.</param>
/// <param name="TryDelta">True when it will be stored as a delta if that is worth it.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record PutObjectPlan(PutObjectRequest Request, string SourcePath, S3Uri Target, long Size, bool TryDelta, string Reason)
{
    /// <summary>The plan as text.</summary>
    public override string ToString() => $"store {SourcePath} as {Target} ({Reason})";
}
