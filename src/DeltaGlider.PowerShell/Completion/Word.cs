using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace DeltaGlider.Completion;

/// <summary>The word that is being completed.</summary>
internal sealed partial class Word
{
    /// <summary>Takes the word as it stands in the line: perhaps with a quotation mark before it.</summary>
    public Word(string typed, string parameter)
    {
        Text = typed.Trim('\'', '"');
        Parameter = parameter;
    }

    /// <summary>What was typed, without quotation marks.</summary>
    public string Text { get; }

    /// <summary>The parameter that it is the argument of.</summary>
    public string Parameter { get; }

    /// <summary>True for what begins as the word does, whatever its case.</summary>
    public bool Begins(string candidate) => candidate.StartsWith(Text, StringComparison.OrdinalIgnoreCase);

    /// <summary>An offer, quoted where the line would read it as something else.</summary>
    public static CompletionResult Offer(string text, string shown, string tip, bool isContainer = false) => new(
        Plain().IsMatch(text) ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'",
        shown,
        isContainer ? CompletionResultType.ProviderContainer : CompletionResultType.ParameterValue,
        tip);

    [GeneratedRegex("^[A-Za-z0-9._:/+=~%-]+$")]
    private static partial Regex Plain();
}
