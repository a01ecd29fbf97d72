using DeltaGlider.Adapters.Files;

namespace DeltaGlider.Torture.Tests.Scenarios;

/// <summary>
/// A process dies by kill -9 in the middle of puts, gets, removals and overwrites, while in half of the rounds another one
/// works on the same keys. Afterwards everything that was reported is there, every object is readable, and the file that a
/// get was to replace is the old one or the new one.
/// </summary>
internal sealed class Kills : Scenario
{
    private const int RoundsPerPrefix = 4;

    // Started ahead of time, so that no round waits for one.
    private readonly Queue<Worker> _victims = [];

    public override string Name => "kills";

    public override int Processes => 1;

    public override async Task RoundAsync(Lab lab, int round, Random random)
    {
        var seed = (round / RoundsPerPrefix) + 1;
        var prefix = $"kill/{seed}/";
        while (_victims.Count < 3) _victims.Enqueue(lab.StartWorker());
        var victim = _victims.Dequeue();
        await victim.ReadyAsync();

        var down = Path.Combine(lab.Folder, "down");
        Directory.CreateDirectory(down);
        var target = Path.Combine(down, "file.zip");
        var old = new Payload(7, round, 3000);
        await File.WriteAllBytesAsync(target, old.Bytes());

        var running = Jobs(random, seed, round * 100, prefix, random.Next(2, 6), target).Select(victim.RunAsync).ToList();
        if (random.Next(2) == 0) running.AddRange(Jobs(random, seed, (round * 100) + 50, prefix, random.Next(1, 4), null).Select(Turn(lab, 0).RunAsync));
        
        // A quarter is cut off at once; the rest may get to their end, of which a new process takes its time.
        await Task.Delay(random.Next(4) == 0 ? random.Next(0, 50) : random.Next(50, 1500));
        await victim.KillAsync();
        await victim.DisposeAsync();
        lab.Tally.Faults++;
        lab.Settle(await Task.WhenAll(running));

        // What the dead one had sent may still be under way in the server.
        await Task.Delay(60);
        await lab.VerifyAsync(prefix, countLeftovers: round % RoundsPerPrefix == RoundsPerPrefix - 1);
        await CheckFileAsync(lab, target, old);
    }

    public override async Task EndAsync(Lab lab)
    {
        while (_victims.TryDequeue(out var victim))
        {
            await victim.KillAsync();
            await victim.DisposeAsync();
        }

        await lab.VerifyAsync("");
    }

    private static IEnumerable<Job> Jobs(Random random, int seed, int version, string prefix, int count, string? target)
    {
        for (var i = 0; i < count; i++)
        {
            var key = $"{prefix}k{random.Next(4)}.zip";
            var payload = new Payload(seed, version + i + 1, random.Next(12) == 0 ? 11 << 20 : 80_000);
            yield return random.Next(8) switch
            {
                < 3 when payload.Size < 1 << 20 => Job.Put(key, payload),
                < 5 => Job.Direct(key, payload),
                < 6 => Job.Get(key, i == 0 ? target : null),
                _ => Job.Remove(key),
            };
        }
    }

    private static async Task CheckFileAsync(Lab lab, string target, Payload old)
    {
        var bytes = await File.ReadAllBytesAsync(target);
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        if (sha256 != old.Sha256() && !lab.EverPut.Contains(sha256)) lab.Tally.Wrong.Add($"{target} is neither the old file nor a version of the object: {bytes.Length} bytes");
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(target)!))
        {
            if (path == target) continue;
            lab.Tally.Leftover(TemporaryName.Is(Path.GetFileName(path)) ? "temporary file" : "foreign file");
            File.Delete(path);
        }
    }
}
