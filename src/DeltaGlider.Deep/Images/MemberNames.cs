using System.Text;

namespace DeltaGlider.Deep.Images;

/// <summary>Under which names a member's older self may be found, the surest first.</summary>
internal static class MemberNames
{
    private const int MinHash = 8;

    /// <summary>The whole name; the name without its folders; that without what versions and build hashes put into it.</summary>
    public static IEnumerable<string> KeysOf(string name)
    {
        yield return name;
        var file = name[(name.LastIndexOf('/') + 1)..];
        if (file.Length == 0) yield break;
        // Apart from whole names, which may be the same text.
        yield return "/" + file;
        yield return "//" + WithoutNumbers(file);
        var dot = file.LastIndexOf('.');
        if (dot >= 0) yield return "///" + file[dot..];
    }

    private static string WithoutNumbers(string file)
    {
        var kept = new StringBuilder(file.Length);
        for (var at = 0; at < file.Length;)
        {
            var end = at;
            var hasDigit = false;
            while (end < file.Length && char.IsAsciiHexDigit(file[end])) hasDigit |= char.IsAsciiDigit(file[end++]);
            if (end - at >= MinHash && hasDigit)
            {
                at = end;
                continue;
            }

            if (!char.IsAsciiDigit(file[at])) kept.Append(file[at]);
            at++;
        }

        return kept.ToString();
    }
}
