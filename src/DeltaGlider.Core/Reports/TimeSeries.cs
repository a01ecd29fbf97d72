using System.Collections.Immutable;
using System.Globalization;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Reports;

/// <summary>Days as what there was by the end of each day, or of each month where there are many days.</summary>
internal sealed record TimeSeries(bool IsMonthly, ImmutableArray<TimePoint> Points)
{
    private const int MostDays = 62;

    /// <summary>Adds the days up. Without gaps, and from the one before the first, when there was nothing.</summary>
    public static TimeSeries Of(ImmutableArray<DayFigures> days)
    {
        if (days.IsEmpty) return new TimeSeries(false, []);
        var monthly = days[^1].Day.DayNumber - days[0].Day.DayNumber > MostDays;
        var points = ImmutableArray.CreateBuilder<TimePoint>();
        var sums = days.ToLookup(day => monthly ? FirstOfMonth(day.Day) : day.Day);
        var last = monthly ? FirstOfMonth(days[^1].Day) : days[^1].Day;
        var sum = new TimePoint(Step(monthly ? FirstOfMonth(days[0].Day) : days[0].Day, monthly, -1), 0, 0, 0);
        points.Add(sum);
        while (sum.Day < last)
        {
            var next = Step(sum.Day, monthly, 1);
            var added = sums[next].ToList();
            sum = new TimePoint(next, sum.Objects + added.Sum(day => day.Objects), sum.TotalSize + added.Sum(day => day.TotalSize), sum.StoredSize + added.Sum(day => day.StoredSize));
            points.Add(sum);
        }

        return new TimeSeries(monthly, points.ToImmutable());
    }

    /// <summary>A day or month as the chart names it.</summary>
    public string NameOf(TimePoint point) => point.Day.ToString(IsMonthly ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);

    private static DateOnly Step(DateOnly day, bool monthly, int by) => monthly ? day.AddMonths(by) : day.AddDays(by);
}
