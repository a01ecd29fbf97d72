using System.Runtime.InteropServices;

namespace DeltaGlider.Benchmarks.Compare;

/// <summary>
/// CPU time, user and system, in microseconds' steps: what a busy neighbour on the machine does not change much. The
/// ticks in /proc are too coarse: small files take less than one.
/// </summary>
internal static class CpuClock
{
    private const int Children = -1;

    /// <summary>Of this process, all its threads.</summary>
    public static double Seconds() => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Of all children that have ended; not a number where the system does not tell.</summary>
    public static double ChildSeconds()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || GetUsage(Children, out var usage) != 0) return double.NaN;
        return usage.UserSeconds + usage.SystemSeconds + (usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6;
    }

    /// <summary>The median CPU seconds of several runs, after enough to warm up: the runtime compiles what is hot a second time.</summary>
    public static async Task<double> MedianAsync(int runs, Func<Task> run)
    {
        const double WarmUpSeconds = 1.5;
        var start = Seconds();
        do await run();
        while (Seconds() - start < WarmUpSeconds);
        var seconds = new List<double>();
        for (var i = 0; i < runs; i++)
        {
            var before = Seconds();
            await run();
            seconds.Add(Seconds() - before);
        }

        return Median(seconds);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    private static extern int GetUsage(int who, out Usage usage);

    /// <summary>The start of the system's <c>struct rusage</c>, and room for the rest of it.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct Usage
    {
        public long UserSeconds, UserMicroseconds, SystemSeconds, SystemMicroseconds;
    }
}
