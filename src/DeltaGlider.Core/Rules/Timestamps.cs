using System.Globalization;

namespace DeltaGlider.Core.Rules;

/// <summary>Times as metadata spells them.</summary>
public static class Timestamps
{
    /// <summary><c>2026-11-22T07:33:39.796546Z</c>: UTC, microseconds.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads ISO 8601 with or without fraction, with <c>Z</c>, an offset, or neither, which means UTC.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : null;

    /// <summary>Seconds since 1970 with a fraction of nine digits, as rclone writes <c>mtime</c>.</summary>
    public static string FormatUnix(DateTimeOffset time)
    {
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        var (seconds, rest) = Math.DivRem(Math.Abs(ticks), TimeSpan.TicksPerSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{(ticks < 0 ? "-" : "")}{seconds}.{rest:0000000}00");
    }

    /// <summary>Reads seconds since 1970 with or without a fraction; null for anything a clock could not say.</summary>
    public static DateTimeOffset? ParseUnix(string? text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)) return null;
        var first = (decimal)DateTimeOffset.MinValue.ToUnixTimeSeconds();
        var last = (decimal)DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        if (seconds < first || seconds > last) return null;
        return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
    }
}
