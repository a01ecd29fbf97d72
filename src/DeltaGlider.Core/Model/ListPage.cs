using System.Collections.Immutable;

namespace DeltaGlider.Core.Model;

/// <summary>One page of a listing, objects and common prefixes each in UTF-8 byte order.</summary>
/// <param name="Objects">The objects.</param>
/// <param name="CommonPrefixes">The prefixes that a delimiter rolled up.</param>
public sealed record ListPage(ImmutableArray<ListedObject> Objects, ImmutableArray<string> CommonPrefixes);
