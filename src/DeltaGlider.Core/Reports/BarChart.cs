using System.Globalization;
using System.Text;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Reports;

/// <summary>Bars of what is stored, each on a track as long as its files are large.</summary>
internal static class BarChart
{
    /// <summary>A bar in a line with its name and value.</summary>
    /// <param name="page">Where it goes.</param>
    /// <param name="name">What it is of.</param>
    /// <param name="figures">Its figures.</param>
    /// <param name="scale">How many bytes the whole width stands for.</param>
    /// <param name="value">What is said at its end, as HTML.</param>
    /// <param name="isWhole">The files themselves, and not what is stored for them.</param>
    public static void Append(StringBuilder page, string name, StorageFigures figures, long scale, string value, bool isWhole = false)
    {
        var shown = ReportText.Encode(name);
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"bar\"><span class=\"name\" title=\"{shown}\"><bdi>{shown}</bdi></span>");
        page.Append("<svg aria-hidden=\"true\" focusable=\"false\">");
        Rectangle(page, "f-track", 0, figures.TotalSize, scale);
        if (!isWhole)
        {
            var delta = figures.StoredSize - figures.DirectSize - figures.ReferenceSize;
            Rectangle(page, "f-delta", 0, delta, scale);
            Rectangle(page, "f-reference", delta, figures.ReferenceSize, scale);
            Rectangle(page, "f-direct", delta + figures.ReferenceSize, figures.DirectSize, scale);
        }

        page.Append(CultureInfo.InvariantCulture, $"</svg><span class=\"value\">{value}</span></div>\n");
    }

    /// <summary>What the colours mean.</summary>
    public static void AppendLegend(StringBuilder page) => page.Append("""
        <ul class="legend"><li><i class="f-delta"></i>deltas</li><li><i class="f-reference"></i>references</li><li><i class="f-direct"></i>files stored whole</li><li><i class="f-track"></i>what the files would take</li></ul>

        """);

    private static void Rectangle(StringBuilder page, string color, long from, long length, long scale)
    {
        if (length <= 0 || scale <= 0) return;
        page.Append(CultureInfo.InvariantCulture, $"<rect class=\"{color}\" x=\"{Share(from, scale)}%\" y=\"0\" width=\"{Share(length, scale)}%\" height=\"18\"/>");
    }

    private static string Share(long length, long scale) => ReportText.Number(100.0 * length / scale);
}
