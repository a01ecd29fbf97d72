using System.Globalization;
using System.Text;

namespace DeltaGlider.Core.Reports;

/// <summary>Two curves over time: what the files take, and what is stored for them.</summary>
internal static class TimeChart
{
    private const double Width = 960;
    private const double Height = 300;
    private const double Left = 76;
    private const double Right = 150;
    private const double Top = 14;
    private const double Bottom = 34;
    private const int Names = 6;
    private const double LineHeight = 15;

    /// <summary>Draws it.</summary>
    public static void Append(StringBuilder page, TimeSeries series)
    {
        var last = series.Points[^1];
        var most = Math.Max(1, Math.Max(last.TotalSize, last.StoredSize));
        page.Append(CultureInfo.InvariantCulture, $"<svg class=\"time\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"By {series.NameOf(last)}, files of {ReportText.Size(last.TotalSize)} took {ReportText.Size(last.StoredSize)}. The table below has the numbers.\">\n");
        AppendGrid(page, most);
        AppendNames(page, series);
        AppendCurve(page, series, point => point.TotalSize, most, "--soft", 0.10, 1.5);
        AppendCurve(page, series, point => point.StoredSize, most, "--delta", 0.28, 2.5);
        AppendEnds(page, last, most);
        page.Append("</svg>\n");
    }

    private static void AppendGrid(StringBuilder page, long most)
    {
        // Powers of two: sizes are shown in units of 1024.
        var step = 1L;
        while (most / step > 5) step *= 2;
        for (var value = 0L; value <= most; value += step)
        {
            var y = ReportText.Number(Y(value, most));
            page.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" y1=\"{y}\" x2=\"{Width - Right}\" y2=\"{y}\" stroke=\"var(--line)\"/>");
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 10}\" y=\"{ReportText.Number(Y(value, most) + 4)}\" text-anchor=\"end\">{(value == 0 ? "0" : ReportText.Size(value))}</text>\n");
        }
    }

    private static void AppendNames(StringBuilder page, TimeSeries series)
    {
        var step = Math.Max(1, (series.Points.Length + Names - 2) / Names);
        for (var i = series.Points.Length - 1; i >= 0; i -= step)
        {
            var x = ReportText.Number(X(i, series));
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{Height - Bottom + 22}\" text-anchor=\"middle\">{series.NameOf(series.Points[i])}</text>\n");
        }
    }

    private static void AppendCurve(StringBuilder page, TimeSeries series, Func<TimePoint, long> value, long most, string color, double fill, double width)
    {
        var line = string.Join(' ', series.Points.Select((point, i) => $"{ReportText.Number(X(i, series))},{ReportText.Number(Y(value(point), most))}"));
        var floor = ReportText.Number(Y(0, most));
        page.Append(CultureInfo.InvariantCulture, $"<polygon points=\"{Left},{floor} {line} {Width - Right},{floor}\" fill=\"var({color})\" fill-opacity=\"{ReportText.Number(fill)}\"/>");
        page.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{line}\" fill=\"none\" stroke=\"var({color})\" stroke-width=\"{ReportText.Number(width)}\" stroke-linejoin=\"round\"/>\n");
    }

    private static void AppendEnds(StringBuilder page, TimePoint last, long most)
    {
        var (files, stored) = (Y(last.TotalSize, most), Y(last.StoredSize, most));
        if (Math.Abs(files - stored) < 2 * LineHeight)
        {
            // Apart, in their order, where they would be written over each other.
            var middle = Math.Clamp((files + stored) / 2, Top + LineHeight, Height - Bottom - (2 * LineHeight));
            (files, stored) = files <= stored ? (middle - LineHeight, middle + LineHeight) : (middle + LineHeight, middle - LineHeight);
        }

        AppendEnd(page, files, "files", last.TotalSize, "--soft");
        AppendEnd(page, stored, "stored", last.StoredSize, "--delta");
    }

    private static void AppendEnd(StringBuilder page, double y, string name, long size, string color)
    {
        page.Append(CultureInfo.InvariantCulture, $"<text class=\"end\" x=\"{Width - Right + 12}\" y=\"{ReportText.Number(y + 2)}\">{ReportText.Size(size)}</text>");
        page.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 12}\" y=\"{ReportText.Number(y + 2 + LineHeight)}\" style=\"fill: var({color})\">{name}</text>\n");
    }

    private static double X(int index, TimeSeries series) => Left + ((Width - Left - Right) * index / Math.Max(1, series.Points.Length - 1));

    private static double Y(long value, long most) => Height - Bottom - ((Height - Top - Bottom) * value / most);
}
