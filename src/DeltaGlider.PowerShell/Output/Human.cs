using System.Globalization;

namespace DeltaGlider.Output;

/// <summary>
/// Numbers for people, for the views of DeltaGlider.Format.ps1xml and for progress. The objects themselves carry raw
/// numbers.
/// </summary>
public static class Human
{
    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>A size in powers of 1024, with the decimal sign of the user's culture; empty for null.</summary>
    public static string Size(long? bytes)
    {
        if (bytes is not { } count) return "";
        if (Math.Abs(count) < 1024) return string.Create(CultureInfo.CurrentCulture, $"{count} B");
        var size = count / 1024.0;
        var unit = 0;

        // What rounds to 1024.0 of one unit is 1.0 of the next.
        for (; Math.Abs(size) >= 1023.95 && unit < Units.Length - 1; unit++) size /= 1024;
        return string.Create(CultureInfo.CurrentCulture, $"{size:0.0} {Units[unit]}");
    }

    /// <summary>A percentage with one digit after the decimal sign; empty for null.</summary>
    public static string Percent(double? percent) =>
        percent is { } share ? string.Create(CultureInfo.CurrentCulture, $"{Math.Round(share, 1) + 0.0:0.0}%") : "";

    /// <summary>A time in the local zone, to the minute; empty for null.</summary>
    public static string Time(DateTime? utc) => utc?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A duration in seconds.</summary>
    public static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.00", CultureInfo.CurrentCulture);
}
