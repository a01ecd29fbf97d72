using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>What removing a bucket would do.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Own">Statistics that the tool itself has kept in it, which go first.</param>
public sealed record RemoveBucketPlan(S3Uri Bucket, ImmutableArray<S3Uri> Own)
{
    /// <summary>The plan as text.</summary>
    public override string ToString() => Own.IsEmpty ? $"remove the bucket {Bucket.Bucket}" : $"remove the bucket {Bucket.Bucket} with the statistics kept in it";
}
