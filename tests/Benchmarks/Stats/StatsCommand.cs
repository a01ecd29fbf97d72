using System.Diagnostics;
using System.Globalization;
using DeltaGlider.Adapters.Cache;
using DeltaGlider.Adapters.Codec;
using DeltaGlider.Adapters.Files;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaGlider.Benchmarks.Stats;

/// <summary>
/// <c>stats [--objects N] [--latency MS]</c>: statistics of a bucket of N objects (20,000), half of them deltas, with and
/// without its deltaspaces; prints the requests made, how many at once, the time, and the most memory this process had.
/// </summary>
internal static class StatsCommand
{
    private const string Usage = "stats [--objects N] [--latency MS]";
    private const long Goal = 300L << 20;

    public static async Task<int> RunAsync(string[] args)
    {
        var (objects, latency) = (20_000, 5);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var number)) return Refuse();
            switch (args[i])
            {
                case "--objects": objects = number; break;
                case "--latency": latency = number; break;
                default: return Refuse();
            }
        }

        Console.WriteLine($"{objects:N0} objects, half of them deltas; each request takes {latency} ms.");
        Console.WriteLine($"{"mode",-10} {"LIST",6} {"HEAD",8} {"at once",8} {"seconds",8} {"exact",6} {"peak MiB",9}  goal");
        foreach (var mode in new[] { StatsMode.Sampled, StatsMode.Quick, StatsMode.Detailed }) await MeasureAsync(objects, TimeSpan.FromMilliseconds(latency), mode);
        return 0;
    }

    private static async Task MeasureAsync(int objects, TimeSpan latency, StatsMode mode)
    {
        var store = new EndlessStore(objects, latency);
        using var cache = new MemoryReferenceCache(0);
        var ports = new UseCasePorts(store, new VcdiffCodec(), cache, new LocalFiles(), TimeProvider.System, NullLoggerFactory.Instance) { Transfers = new TransferGate(BucketStats.MostLooksAtOnce) };
        var stats = new DeltaGliderUseCases(ports, DeltaPolicy.Default, "0").Stats;
        var spaces = 0;
        var started = Stopwatch.GetTimestamp();
        var total = await stats.RunAsync(
            new BucketStatsRequest(new S3Uri("bucket", "")) { Mode = mode, UseCache = false, WithDays = true },
            (_, _) =>
            {
                spaces++;
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (total.Figures.Objects != objects || spaces != (objects + 99) / 100) throw new InvalidOperationException($"{total.Figures.Objects} objects in {spaces} deltaspaces were counted.");
        var peak = Process.GetCurrentProcess().PeakWorkingSet64;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{mode,-10} {store.Lists,6} {store.Finds,8} {store.MostAtOnce,8} {seconds,8:F2} {total.Figures.TotalSize == store.TotalSize,6} {peak >> 20,9}  {(peak <= Goal && store.MostAtOnce <= BucketStats.MostLooksAtOnce ? "met" : "MISSED")}"));
    }

    private static int Refuse()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
