namespace DeltaGlider.Core.Model;

/// <summary>A deltaspace whose reference is to be looked at.</summary>
/// <param name="Prefix">A bucket, or a prefix that ends in <c>/</c>. What lies deeper is not meant.</param>
public sealed record OptimizeRequest(S3Uri Prefix)
{
    /// <summary>The most objects that are tried as the reference of the others, 2 at least.</summary>
    public int SampleSize { get; init; } = 8;

    /// <summary>Another reference must make the deltaspace smaller by this share; 0 to 1.</summary>
    public double MinSaving { get; init; } = 0.1;

    /// <summary>In place of the policy's <see cref="DeltaPolicy.MaxRatio"/>; 0 to 1.</summary>
    public double? MaxRatio { get; init; }
}
