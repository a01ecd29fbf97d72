using System.Text;
using DeltaGlider.Adapters.Common;

namespace DeltaGlider.Adapters.Files;

/// <summary>The names of files being written: <c>.name.dg-random.tmp</c>, beside the file they are to become.</summary>
public static class TemporaryName
{
    private const string Mark = ".dg-";
    private const string Suffix = ".tmp";
    private const int RandomLength = 12;

    /// <summary>A new name for a file that is to be called <paramref name="name"/>; never longer than names may be.</summary>
    public static string For(string name)
    {
        var tail = Mark + Guid.NewGuid().ToString("n")[..RandomLength] + Suffix;
        return "." + Shortened(name, FileNames.MaxBytes - 1 - tail.Length) + tail;
    }

    /// <summary>True for a name that <see cref="For"/> makes.</summary>
    public static bool Is(string name) =>
        name.Length > 1 + Mark.Length + RandomLength + Suffix.Length
        && name[0] == '.'
        && name.EndsWith(Suffix, StringComparison.Ordinal)
        && name[^(Suffix.Length + RandomLength)..^Suffix.Length].All(char.IsAsciiHexDigitLower)
        && name[..^(Suffix.Length + RandomLength)].EndsWith(Mark, StringComparison.Ordinal);

    private static string Shortened(string name, int maxBytes)
    {
        var bytes = 0;
        var kept = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > maxBytes) break;
            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }
}
