namespace DeltaGlider;

/// <summary>The arithmetic of what was saved, once for every output.</summary>
internal static class Savings
{
    /// <summary>The share of <paramref name="size"/> that was saved, from 0 to 100; null for an empty file.</summary>
    public static double? Percent(long size, long stored) => size == 0 ? null : Math.Round(100.0 * (size - stored) / size, 2);
}
