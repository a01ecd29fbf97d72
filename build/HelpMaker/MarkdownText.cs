using System.Text.RegularExpressions;

namespace DeltaGlider.HelpMaker;

/// <summary>Markdown as the plain text that Get-Help shows.</summary>
public static partial class MarkdownText
{
    /// <summary>A paragraph without its marks: the text of links without their targets, code without its ticks.</summary>
    public static string Plain(string markdown)
    {
        var text = Link().Replace(markdown, match => match.Groups[2].Value.StartsWith("http", StringComparison.Ordinal)
            ? $"{match.Groups[1].Value} ({match.Groups[2].Value})"
            : match.Groups[1].Value);
        return Emphasis().Replace(text, "$1").Replace("`", "", StringComparison.Ordinal).Replace("\\<", "<", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Emphasis();
}
