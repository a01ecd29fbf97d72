using System.Collections.Immutable;

namespace DeltaGlider.HelpMaker;

/// <summary>One way to call a cmdlet.</summary>
/// <param name="Set">The parameter set's name; <see cref="TheOnlySet"/> where there is but one.</param>
/// <param name="IsDefault">True for the set that is taken in doubt.</param>
/// <param name="Line">The line as it is shown.</param>
/// <param name="Parameters">The parameters' names in the order of the line.</param>
public sealed record SyntaxPart(string Set, bool IsDefault, string Line, ImmutableArray<string> Parameters)
{
    /// <summary>What PlatyPS calls the set of a cmdlet that has no sets.</summary>
    public const string TheOnlySet = "__AllParameterSets";
}
