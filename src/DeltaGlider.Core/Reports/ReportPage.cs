using System.Globalization;
using System.Text;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Reports;

/// <summary>
/// A report as one page of HTML that needs nothing else: no script at all, no file from elsewhere, which its own content
/// security policy forbids besides.
/// </summary>
public static class ReportPage
{
    private const double SmallestShownSaving = 0.0005;

    /// <summary>The page.</summary>
    public static string Render(SavingsReport report)
    {
        var page = new StringBuilder();
        var title = $"Savings in {report.Total.Uri}";
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<title>{ReportText.Encode(title)}</title>\n<style>\n{ReportStyle.Css}\n</style>\n</head>\n<body>\n<main>\n");
        AppendHeader(page, report.Total, title);
        AppendTotal(page, report.Total.Figures);
        AppendSpaces(page, report);
        AppendTime(page, TimeSeries.Of(report.Total.Days));
        page.Append("<footer>Made by DeltaGlider. Sizes are in units of 1024; what is stored includes references.</footer>\n</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void AppendHeader(StringBuilder page, BucketStatistics total, string title)
    {
        var time = total.ComputedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        page.Append(CultureInfo.InvariantCulture, $"<header><h1><bdi>{ReportText.Encode(title)}</bdi></h1><p>As of {time} UTC, {total.Mode.ToString().ToLowerInvariant()} mode</p></header>\n");
        if (total.Figures.IsEstimate)
            page.Append("<p class=\"note\">The size of some files is not recorded or was not looked up, so that totals are estimates.</p>\n");
    }

    private static void AppendTotal(StringBuilder page, StorageFigures figures)
    {
        var scale = Math.Max(figures.TotalSize, figures.StoredSize);
        page.Append("<section aria-labelledby=\"total\"><h2 id=\"total\">In all</h2>\n");
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"lead\"><strong>{(figures.Ratio < SmallestShownSaving ? "0 %" : ReportText.Percent(figures.Ratio))}</strong><span>saved: {Sizes(figures)}</span></div>\n");
        BarChart.Append(page, "Files", figures, scale, ReportText.Size(figures.TotalSize), isWhole: true);
        BarChart.Append(page, "Stored", figures, scale, ReportText.Size(figures.StoredSize));
        BarChart.AppendLegend(page);
        page.Append("<dl class=\"facts\">");
        Fact(page, "Files", ReportText.Count(figures.Objects));
        Fact(page, "Files as deltas", ReportText.Count(figures.Deltas));
        Fact(page, "Files stored whole", ReportText.Count(figures.Direct));
        Fact(page, "References", ReportText.Count(figures.References));
        Fact(page, "References take", ReportText.Size(figures.ReferenceSize));
        Fact(page, "Bytes saved", ReportText.Size(figures.Saved));
        page.Append("</dl></section>\n");
    }

    private static void AppendSpaces(StringBuilder page, SavingsReport report)
    {
        if (report.Largest.IsEmpty) return;
        page.Append("<section aria-labelledby=\"spaces\"><h2 id=\"spaces\">By deltaspace</h2>\n");
        var health = report.Health.Where(pair => pair.Key != DeltaSpaceHealth.Unrated).Select(pair => $"{ReportText.Count(pair.Value)} {ReportText.Words(pair.Key)}").ToList();
        page.Append(CultureInfo.InvariantCulture, $"<p>{ReportText.Count(report.Largest.Length + report.Others)} in all{(health.Count > 0 ? ": " : "")}{string.Join(", ", health)}.</p>\n");
        var scale = report.Largest.Max(space => Math.Max(space.Figures.TotalSize, space.Figures.StoredSize));
        foreach (var space in report.Largest)
            BarChart.Append(page, ReportText.NameOf(space.Space), space.Figures, scale, Saved(space.Figures));
        AppendOthers(page, report, scale);
        BarChart.AppendLegend(page);
        ReportTables.AppendSpaces(page, report);
        page.Append("</section>\n");
    }

    // Many small ones may come to more than any of the large ones; a bar of theirs would make all the others short.
    private static void AppendOthers(StringBuilder page, SavingsReport report, long scale)
    {
        if (report.Others == 0) return;
        var name = $"{ReportText.Count(report.Others)} others";
        var figures = report.OtherFigures;
        if (Math.Max(figures.TotalSize, figures.StoredSize) <= scale) BarChart.Append(page, name, figures, scale, Saved(figures));
        else page.Append(CultureInfo.InvariantCulture, $"<p class=\"others\">And {name}: {Sizes(figures)}, {ReportText.Percent(figures.Ratio)} saved.</p>\n");
    }

    private static void AppendTime(StringBuilder page, TimeSeries series)
    {
        if (series.Points.IsEmpty) return;
        page.Append("<section aria-labelledby=\"time\"><h2 id=\"time\">Over time</h2>\n<p>What is there today, by when it was added. What was removed since is not in it.</p>\n");
        TimeChart.Append(page, series);
        ReportTables.AppendTime(page, series);
        page.Append("</section>\n");
    }

    private static string Saved(StorageFigures figures) => $"{ReportText.Percent(figures.Ratio)} <small>saved</small>";

    private static string Sizes(StorageFigures figures) => $"files of {ReportText.Size(figures.TotalSize)} take {ReportText.Size(figures.StoredSize)}";

    private static void Fact(StringBuilder page, string name, string value) => page.Append(CultureInfo.InvariantCulture, $"<div><dt>{name}</dt><dd>{value}</dd></div>");
}
