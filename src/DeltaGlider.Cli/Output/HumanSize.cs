using System.Globalization;

namespace DeltaGlider.Cli.Output;

/// <summary>Sizes for people, rounded and named as the AWS CLI does it.</summary>
internal static class HumanSize
{
    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>The size in the largest unit of which it has one.</summary>
    public static string Of(long bytes)
    {
        if (bytes == 1) return "1 Byte";
        if (bytes < 1024) return string.Create(CultureInfo.InvariantCulture, $"{bytes} Bytes");
        var size = bytes / 1024.0;
        var unit = 0;
        for (; Math.Round(size) >= 1024 && unit < Units.Length - 1; unit++) size /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{size:F1} {Units[unit]}");
    }
}
