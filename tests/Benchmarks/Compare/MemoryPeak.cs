using System.Diagnostics;
using System.Globalization;

namespace DeltaGlider.Benchmarks.Compare;

/// <summary>The most memory that a process had: in all, not backed by files, and pages of mapped files (Linux).</summary>
internal readonly record struct MemoryPeak(long Resident, long Anonymous, long OfFiles, double Seconds, double CpuSeconds)
{
    /// <summary>Watches a process until it ends.</summary>
    public static async Task<MemoryPeak> WatchAsync(Process process)
    {
        var clock = Stopwatch.StartNew();
        var peak = default(MemoryPeak);
        var exit = process.WaitForExitAsync();
        while (!exit.IsCompleted)
        {
            peak = peak.With(process);
            await Task.WhenAny(exit, Task.Delay(20));
        }
        await exit;
        return peak with { Seconds = clock.Elapsed.TotalSeconds };
    }

    private MemoryPeak With(Process process)
    {
        try
        {
            var fields = File.ReadLines($"/proc/{process.Id}/status").Select(line => line.Split(':')).ToDictionary(parts => parts[0], parts => parts[1]);
            // VmHWM is the kernel's own high-water mark; the two others are sampled.
            return new MemoryPeak(
                Math.Max(Resident, Bytes(fields, "VmHWM")), Math.Max(Anonymous, Bytes(fields, "RssAnon")), Math.Max(OfFiles, Bytes(fields, "RssFile")),
                0, process.TotalProcessorTime.TotalSeconds);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return this; // it has ended
        }
    }

    private static long Bytes(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var text) ? long.Parse(text.Trim().Split(' ')[0], CultureInfo.InvariantCulture) * 1024 : 0;
}
