using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Rules;

/// <summary>
/// Where it says that a deltaspace is being re-encoded: <c>.deltaglider/tmp/&lt;32 hex&gt;_optimize.lease</c>, one place per
/// deltaspace.
/// </summary>
public static class SpaceLeaseKey
{
    /// <summary>The lease of a deltaspace.</summary>
    public static S3Uri Of(DeltaSpace space) => SpareReference.TemporaryOf(space, "optimize.lease");
}
