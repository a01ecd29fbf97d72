using System.Collections.Immutable;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// Where a delta's reference may lie: at the key in its metadata, and, should that fail, in the deltaspace the delta
/// lies in now, for a prefix that was copied elsewhere as a whole restores from its own copy. At last the copy that is
/// kept while a reference is being removed: a delta may have come just then.
/// </summary>
internal static class ReferencePlaces
{
    public static ImmutableArray<S3Uri> Of(ResolvedObject delta)
    {
        var space = DeltaSpace.Of(delta.Stored.Uri);
        var nearby = space.Reference;
        var recorded = delta.Metadata.ReferenceKey is { } key ? delta.Logical.WithKey(key)
            : delta.Metadata.ReferencePath is { } path ? delta.Logical.WithKey(space.Prefix + path)
            : nearby;
        return [.. new[] { recorded, nearby, SpareReference.Of(space) }.Distinct()];
    }
}
