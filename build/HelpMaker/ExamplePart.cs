using System.Collections.Immutable;

namespace DeltaGlider.HelpMaker;

/// <summary>An example.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Before">What to say before the code.</param>
/// <param name="Code">The code.</param>
/// <param name="After">What to say after it.</param>
public sealed record ExamplePart(string Title, ImmutableArray<string> Before, string Code, ImmutableArray<string> After);
