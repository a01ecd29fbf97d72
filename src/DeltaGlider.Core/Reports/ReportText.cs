using System.Globalization;
using System.Net;
using System.Text;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Reports;

/// <summary>Text for a page. Keys come from anybody: nothing of them gets onto the page but as text.</summary>
internal static class ReportText
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>
    /// Text that stays text. Characters that are not to be seen, or that turn what follows around, show as their numbers.
    /// </summary>
    public static string Encode(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune)) shown.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
            else shown.Append(rune);
        }

        return WebUtility.HtmlEncode(shown.ToString());
    }

    /// <summary>The name of a deltaspace.</summary>
    public static string NameOf(DeltaSpace space) => space.Prefix.Length == 0 ? "(root)" : space.Prefix;

    /// <summary>A size for people: three digits of it.</summary>
    public static string Size(long bytes)
    {
        var size = (double)bytes;
        var unit = 0;
        for (; size >= 999.5 && unit < Units.Length - 1; unit++) size /= 1024;
        var form = unit == 0 || size >= 99.95 ? "0" : size >= 9.995 ? "0.0" : "0.00";
        return $"{size.ToString(form, CultureInfo.InvariantCulture)} {(bytes == 1 ? "byte" : Units[unit])}";
    }

    /// <summary>A share as percent, with a decimal.</summary>
    public static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    /// <summary>A count, in groups of three digits.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number for SVG and CSS.</summary>
    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A health in words.</summary>
    public static string Words(DeltaSpaceHealth health) => health switch
    {
        DeltaSpaceHealth.NoReference => "no reference",
        DeltaSpaceHealth.Unrated => "not rated",
        _ => health.ToString().ToLowerInvariant(),
    };

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
