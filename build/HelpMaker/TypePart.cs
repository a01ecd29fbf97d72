using System.Collections.Immutable;

namespace DeltaGlider.HelpMaker;

/// <summary>A type that goes in or comes out.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Description">What it is there for.</param>
public sealed record TypePart(string Name, ImmutableArray<string> Description);
