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

    /// <summary>The median CPU seconds of several runs, after one to warm up.</summary>
    public static async Task<double> MedianAsync(int runs, Func<Task> run)
    {
        await run();
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
