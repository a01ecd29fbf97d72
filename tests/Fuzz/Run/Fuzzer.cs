using System.Diagnostics;
using DeltaGlider.Fuzz.Corpus;

namespace DeltaGlider.Fuzz.Run;

/// <summary>
/// Executes mutated inputs on several threads until the time or the count is up. Which inputs there are depends on the
/// seed and the corpus alone, how many of them are executed also on the time.
/// </summary>
internal sealed class Fuzzer(FuzzOptions options, SeedCorpus corpus)
{
    /// <summary>By signature: of several finds of one cause the first is kept.</summary>
    private readonly Dictionary<string, Find> _finds = [];
    private readonly Lock _lock = new();
    private long _next;

    public FuzzReport Run()
    {
        var clock = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, options.Workers).Select(number => new Worker(options, corpus, number)).ToArray();
        var threads = workers.Select(worker => new Thread(() => worker.Run(() => TakeNumber(clock), IsKnown, Record), 1 << 20) { IsBackground = true }).ToArray();
        foreach (var thread in threads) thread.Start();
        var stuck = false;
        while (!stuck && Array.Exists(threads, thread => thread.IsAlive))
        {
            Array.Find(threads, thread => thread.IsAlive)?.Join(200);
            foreach (var worker in workers)
            {
                if (worker.Watch() is not { } hanging) continue;
                Record(hanging);
                stuck = true;
            }
        }

        var tallies = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var worker in workers)
        {
            foreach (var (name, tally) in worker.Tallies)
            {
                if (!tallies.TryGetValue(name, out var sum)) tallies[name] = sum = new Tally();
                sum.Add(tally);
            }
            if (!stuck) worker.Dispose(); // an execution that hangs still uses its memory
        }
        lock (_lock) return new FuzzReport(clock.Elapsed, tallies, [.. _finds.Values.OrderBy(find => find.Execution)]);
    }

    private long TakeNumber(Stopwatch clock)
    {
        if (clock.Elapsed.TotalSeconds >= options.Seconds) return -1;
        var number = Interlocked.Increment(ref _next) - 1;
        return number < options.Count ? options.First + number : -1;
    }

    private bool IsKnown(string signature)
    {
        lock (_lock) return _finds.ContainsKey(signature);
    }

    private void Record(Find find)
    {
        lock (_lock)
        {
            if (!_finds.TryAdd(find.Signature, find)) return;
            if (options.Keep is { } folder) find.SaveIn(folder, options.Seed);
        }
    }
}
