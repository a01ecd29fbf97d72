using System.Collections.Immutable;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>What lies in a deltaspace, as far as its reference is concerned.</summary>
/// <param name="Reference">The reference; null where there is none.</param>
/// <param name="Items">The objects that are deltas, or may become some, in the order of their making.</param>
/// <param name="Foreign">Objects with a delta's name and without its metadata. Any of them may need the reference, so it stays.</param>
/// <param name="Bytes">What all these take.</param>
internal sealed record SpaceContents(StoredObject? Reference, ImmutableArray<SpaceItem> Items, ImmutableArray<S3Uri> Foreign, long Bytes);
