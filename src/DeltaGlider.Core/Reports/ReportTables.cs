using System.Globalization;
using System.Text;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Reports;

/// <summary>The numbers behind the charts, for whoever reads or hears rather than looks.</summary>
internal static class ReportTables
{
    /// <summary>The deltaspaces.</summary>
    public static void AppendSpaces(StringBuilder page, SavingsReport report)
    {
        page.Append("<div class=\"scroll\"><table>\n<caption>Deltaspaces, those with the largest files first</caption>\n");
        page.Append("<thead><tr><th scope=\"col\">Deltaspace</th><th scope=\"col\">Files</th><th scope=\"col\">Files' size</th><th scope=\"col\">Stored</th><th scope=\"col\">Reference</th><th scope=\"col\">Saved</th><th scope=\"col\">Median delta</th><th scope=\"col\">Health</th></tr></thead>\n<tbody>\n");
        foreach (var space in report.Largest)
        {
            var median = space.MedianDeltaRatio is { } ratio ? ReportText.Percent(ratio) : "–";
            AppendRow(page, ReportText.NameOf(space.Space), space.Figures, median, $"<td{ClassOf(space.Health)}>{ReportText.Words(space.Health)}</td>");
        }

        if (report.Others > 0) AppendRow(page, $"{ReportText.Count(report.Others)} others", report.OtherFigures, "–", "<td>–</td>");
        page.Append("</tbody>\n<tfoot>\n");
        AppendRow(page, "All", report.Total.Figures, "", "<td></td>");
        page.Append("</tfoot></table></div>\n");
    }

    /// <summary>The course of time.</summary>
    public static void AppendTime(StringBuilder page, TimeSeries series)
    {
        page.Append(CultureInfo.InvariantCulture, $"<details><summary>The numbers</summary><div class=\"scroll\"><table>\n<caption>What there was by the end of each {(series.IsMonthly ? "month" : "day")} (UTC)</caption>\n");
        page.Append(CultureInfo.InvariantCulture, $"<thead><tr><th scope=\"col\">{(series.IsMonthly ? "Month" : "Day")}</th><th scope=\"col\">Files</th><th scope=\"col\">Files' size</th><th scope=\"col\">Stored</th><th scope=\"col\">Saved</th></tr></thead>\n<tbody>\n");
        foreach (var point in series.Points.Skip(1))
        {
            var figures = new StorageFigures { TotalSize = point.TotalSize, StoredSize = point.StoredSize };
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{series.NameOf(point)}</th><td>{ReportText.Count(point.Objects)}</td><td>{ReportText.Size(point.TotalSize)}</td><td>{ReportText.Size(point.StoredSize)}</td><td>{ReportText.Percent(figures.Ratio)}</td></tr>\n");
        }

        page.Append("</tbody></table></div></details>\n");
    }

    private static void AppendRow(StringBuilder page, string name, StorageFigures figures, string median, string health)
    {
        page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><bdi>{ReportText.Encode(name)}</bdi></th><td>{ReportText.Count(figures.Objects)}</td><td>{ReportText.Size(figures.TotalSize)}</td><td>{ReportText.Size(figures.StoredSize)}</td>");
        page.Append(CultureInfo.InvariantCulture, $"<td>{ReportText.Size(figures.ReferenceSize)}</td><td>{ReportText.Percent(figures.Ratio)}</td><td>{median}</td>{health}</tr>\n");
    }

    private static string ClassOf(DeltaSpaceHealth health) => health switch
    {
        DeltaSpaceHealth.NoReference or DeltaSpaceHealth.Poor => " class=\"bad\"",
        DeltaSpaceHealth.Excellent or DeltaSpaceHealth.Good => " class=\"good\"",
        _ => "",
    };
}
