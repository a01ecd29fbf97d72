using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Reports;

namespace DeltaGlider.Core.Tests.Reports;

public sealed partial class ReportPageTests
{
    [Fact]
    public void It_needs_nothing_else_and_runs_nothing()
    {
        var page = ReportPage.Render(SampleReport.Build());
        if (Environment.GetEnvironmentVariable("DG_TEST_REPORT") is { Length: > 0 } path) File.WriteAllText(path, page);

        Assert.DoesNotMatch("(?i)<script|<link|<img|<iframe|<object|<embed|@import|url\\(|src=|href=|\\bon[a-z]+=", page);
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 10_000, 200_000);
    }

    [Fact]
    public void It_is_well_formed_and_has_every_number_in_a_table()
    {
        var report = SampleReport.Build();
        var body = Body(ReportPage.Render(report));

        var rows = body.Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToList()).ToList();
        Assert.All(report.Largest, space => Assert.Contains(rows, row => row[0] == space.Space.Prefix && row[3] == ReportText.Size(space.Figures.StoredSize)));
        Assert.Contains(rows, row => row[0] == "4 others" && row[2] == ReportText.Size(report.OtherFigures.TotalSize));
        Assert.Contains(rows, row => row[0] == "All" && row[2] == ReportText.Size(report.Total.Figures.TotalSize));
        Assert.Contains(rows, row => row[0] == "2026-10" && row[2] == ReportText.Size(report.Total.Days.Sum(day => day.TotalSize)));
        Assert.All(body.Descendants("table"), table => Assert.NotNull(table.Element("caption")));
        Assert.All(body.Descendants("th"), head => Assert.NotNull(head.Attribute("scope")));
        Assert.All(body.Descendants("svg"), svg => Assert.True(svg.Attribute("aria-hidden") is not null || svg.Attribute("aria-label") is not null));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>/")]
    [InlineData("\"><svg onload=alert(1)>/")]
    [InlineData("' onmouseover='alert(1)/")]
    [InlineData("&lt;b&gt;&#60;/")]
    [InlineData("a\u202Egpj.exe/")]
    [InlineData("tab\tnul\u0001del\u007f\u2028/")]
    [InlineData("]]>--><!--/")]
    [InlineData("lone\ud800surrogate/")]
    public void A_hostile_key_is_text(string prefix)
    {
        var builder = new SavingsReportBuilder();
        builder.Add(SampleReport.Space(prefix, 3, 1000, 0.1));
        var total = new BucketStatistics(new S3Uri("bucket", prefix), StatsMode.Quick, SampleReport.Space(prefix, 3, 1000, 0.1).Figures, DateTimeOffset.UnixEpoch, false);

        var page = ReportPage.Render(builder.Build(total));

        var body = Body(page);
        Assert.Empty(body.Descendants("script"));
        Assert.DoesNotContain(body.DescendantsAndSelf().Attributes(), one => one.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain(page, one => char.IsControl(one) && one != '\n');
        Assert.DoesNotContain("\u202E", page, StringComparison.Ordinal);
        if (prefix.All(one => one is >= ' ' and <= '~')) Assert.Contains(body.Descendants("bdi"), one => one.Value == prefix);
    }

    [Fact]
    public void A_table_and_a_bar_tell_where_no_reference_is()
    {
        var builder = new SavingsReportBuilder();
        builder.Add(SampleReport.Space("p/", 3, 1000, 0.1) with { Health = DeltaSpaceHealth.NoReference });
        var page = ReportPage.Render(builder.Build(new BucketStatistics(new S3Uri("bucket", ""), StatsMode.Quick, StorageFigures.None with { IsEstimate = true }, DateTimeOffset.UnixEpoch, false)));
        Assert.Contains("<td class=\"bad\">no reference</td>", page, StringComparison.Ordinal);
        Assert.Contains("1 no reference", page, StringComparison.Ordinal);
        Assert.Contains("totals are estimates", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_bucket_has_a_page_too()
    {
        var page = ReportPage.Render(new SavingsReportBuilder().Build(new BucketStatistics(new S3Uri("bucket", ""), StatsMode.Quick, StorageFigures.None, DateTimeOffset.UnixEpoch, false)));
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.Contains("<strong>0 %</strong>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_the_same_whatever_the_machines_language()
    {
        var before = CultureInfo.CurrentCulture;
        var page = ReportPage.Render(SampleReport.Build());
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(page, ReportPage.Render(SampleReport.Build()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(999, "999 bytes")]
    [InlineData(1000, "0.98 KiB")]
    [InlineData(1023, "1.00 KiB")]
    [InlineData(10235, "10.0 KiB")]
    [InlineData(1048575, "1.00 MiB")]
    [InlineData(long.MaxValue, "8.00 EiB")]
    public void Sizes_have_three_digits(long bytes, string text) => Assert.Equal(text, ReportText.Size(bytes));

    [Fact]
    public void The_largest_deltaspaces_are_shown_and_the_rest_is_summed()
    {
        var builder = new SavingsReportBuilder();
        foreach (var i in Enumerable.Range(1, 1000).OrderBy(i => i * 7919 % 1000)) builder.Add(SampleReport.Space($"p{i}/", 1, i * 1000, 0.1));
        var report = builder.Build(new BucketStatistics(new S3Uri("bucket", ""), StatsMode.Quick, StorageFigures.None, DateTimeOffset.UnixEpoch, false));
        Assert.Equal(Enumerable.Range(0, SavingsReportBuilder.Shown).Select(i => $"p{1000 - i}/"), report.Largest.Select(space => space.Space.Prefix));
        Assert.Equal((980, 980), (report.Others, report.OtherFigures.Deltas));
        Assert.Equal(1000, report.Health[DeltaSpaceHealth.Excellent]);
    }

    [Fact]
    public void Time_has_no_gaps_and_begins_with_nothing()
    {
        var days = TimeSeries.Of([new(new(2026, 1, 30), 1, 10, 5), new(new(2026, 2, 2), 2, 20, 6)]);
        Assert.Equal(["2026-01-29 0", "2026-01-30 10", "2026-01-31 10", "2026-02-01 10", "2026-02-02 30"], days.Points.Select(point => $"{days.NameOf(point)} {point.TotalSize}"));

        var months = TimeSeries.Of([new(new(2025, 11, 30), 1, 10, 5), new(new(2026, 2, 2), 2, 20, 6)]);
        Assert.Equal(["2025-10 0", "2025-11 10", "2025-12 10", "2026-01 10", "2026-02 30"], months.Points.Select(point => $"{months.NameOf(point)} {point.TotalSize}"));
    }

    private static XElement Body(string page) => XElement.Parse(BodyOf().Match(page).Value);

    [GeneratedRegex("<body>.*</body>", RegexOptions.Singleline)]
    private static partial Regex BodyOf();
}
