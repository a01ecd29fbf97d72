using System.Diagnostics;

namespace DeltaGlider.Benchmarks.Compare;

/// <summary>CPU time of this process: what a busy neighbour on the machine does not change much.</summary>
internal static class CpuClock
{
    public static double Seconds()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
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

        seconds.Sort();
        return seconds[seconds.Count / 2];
    }
}
