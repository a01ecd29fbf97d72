using System.Text;
using System.Text.RegularExpressions;

namespace DeltaGlider.Core.Rules;

/// <summary>
/// A pattern for names with <c>/</c> in them, as the AWS CLI's filters have it: <c>*</c> stands for any characters, the
/// <c>/</c> included, so that <c>*.zip</c> means every .zip at any depth and <c>logs/*</c> all below logs; <c>?</c> for one
/// character; <c>[abc]</c>, <c>[a-z]</c> and <c>[!abc]</c> for one of a set. Besides, <c>**/</c> stands for any folders or
/// none. Upper and lower case differ, as in keys.
/// </summary>
public sealed class GlobPattern
{
    private readonly Regex _regex;

    /// <summary>Reads a pattern. A <c>\</c> is a <c>/</c>, and a leading <c>./</c> says nothing.</summary>
    public GlobPattern(string text)
    {
        Text = text;
        var pattern = text.Replace('\\', '/');
        if (pattern.StartsWith("./", StringComparison.Ordinal)) pattern = pattern[2..];

        // Never slow, whatever the pattern: this engine does not go back.
        _regex = new Regex($"\\A{Translate(pattern)}\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>The pattern as it was given.</summary>
    public string Text { get; }

    /// <summary>True when all of the name is described by the pattern.</summary>
    public bool Matches(string name) => _regex.IsMatch(name);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (string.CompareOrdinal(pattern, i, "**/", 0, 3) == 0 && (i == 0 || pattern[i - 1] == '/'))
            {
                regex.Append("(.*/)?");
                i += 2;
            }
            else if (c == '*')
            {
                regex.Append(".*");
            }
            else if (c == '?')
            {
                regex.Append('.');
            }
            else if (c == '[' && pattern.IndexOf(']', Math.Min(i + 2, pattern.Length)) is > 0 and var end)
            {
                regex.Append(Set(pattern[(i + 1)..end]));
                i = end;
            }
            else
            {
                regex.Append(Regex.Escape(c.ToString()));
            }
        }

        return regex.ToString();
    }

    private static string Set(string members)
    {
        var negated = members[0] is '!' or '^';
        var escaped = (negated ? members[1..] : members).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal).Replace("^", "\\^", StringComparison.Ordinal);
        return negated ? $"[^{escaped}]" : $"[{escaped}]";
    }
}
