using System.Globalization;

namespace DeltaGlider.Core.Rules;

/// <summary>How long work will go on, judged by what is done.</summary>
public static class Estimate
{
    /// <summary>The time left; null while nothing is done, or nobody knows how much there is.</summary>
    public static TimeSpan? Remaining(long done, long total, TimeSpan elapsed) =>
        done <= 0 || total <= 0 ? null : elapsed * ((double)Math.Max(0, total - done) / done);

    /// <summary>A time in words, as fine as an estimate deserves.</summary>
    public static string Words(TimeSpan time) =>
        time.TotalMinutes < 1 ? Invariant($"{Math.Ceiling(time.TotalSeconds)} s")
        : time.TotalHours < 1 ? Invariant($"{Math.Round(time.TotalMinutes)} min")
        : Invariant($"{(int)time.TotalHours} h {time.Minutes} min");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
