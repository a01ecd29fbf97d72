using DeltaGlider.Core.Errors;

namespace DeltaGlider.Torture.Tests.Scenarios;

/// <summary>
/// A deltaspace with a bad first file is re-encoded, by two processes at once in every other round, while others read all its
/// objects all the time, write new ones and over old ones, and remove some. Every read is right. With kills, the optimizer
/// dies by kill -9, everything is read back, and another one finishes.
/// </summary>
/// <param name="withKills">Whether it dies.</param>
internal sealed class Optimizers(bool withKills) : Scenario
{
    private const int Versions = 6;

    public override string Name => withKills ? "optimizer-kills" : "optimizer";

    public override async Task RoundAsync(Lab lab, int round, Random random)
    {
        var prefix = $"op{(withKills ? "k" : "")}/{round}/";
        var seed = random.Next();
        await lab.WaveAsync([(Turn(lab, 0), Job.Put(prefix + "a.zip", new Payload(seed + 1, 1, 20_000)))]);
        await lab.WaveAsync(Enumerable.Range(0, Versions).Select(i => (Turn(lab, i), Job.Put($"{prefix}v{i}.zip", new Payload(seed, i + 1, 60_000)))));

        var outcomes = new List<Outcome>();
        var optimizing = OptimizeAsync(lab, prefix, round, random);
        var others = WriteAndRemoveAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => ReadAsync(Turn(lab, 2 + (i % 2)), i)).Append(optimizing).Append(others));
        lab.Settle(outcomes);
        await lab.VerifyAsync(prefix, countLeftovers: !withKills);
        if (withKills) await FinishAsync(lab, prefix);
        lab.Ledger.Clear();

        async Task WriteAndRemoveAsync()
        {
            var worker = Turn(lab, 1);
            Job[] jobs =
            [
                Job.Put($"{prefix}n0.zip", new Payload(seed, 20, 60_000)),
                Job.Put($"{prefix}v1.zip", new Payload(seed, 21, 60_000)),
                Job.Remove($"{prefix}v3.zip"),
                Job.Direct($"{prefix}v2.zip", new Payload(seed, 22, 60_000)),
                Job.Put($"{prefix}v4.zip", new Payload(seed, 5, 60_000)), // the same bytes again
                Job.Direct($"{prefix}n1.zip", new Payload(seed, 23, 60_000)),
                Job.Remove($"{prefix}a.zip"),
            ];
            random.Shuffle(jobs);
            foreach (var job in jobs)
            {
                await Task.Delay(random.Next(120));
                Note(await worker.RunAsync(job));
            }
        }

        async Task ReadAsync(Worker worker, int first)
        {
            for (var i = first; !optimizing.IsCompleted || !others.IsCompleted; i++)
            {
                var key = i % (Versions + 1) == Versions ? $"{prefix}a.zip" : $"{prefix}v{i % (Versions + 1)}.zip";
                var outcome = await worker.RunAsync(Job.Get(key));
                Note(outcome);
                if (!outcome.IsOk && outcome.Result != nameof(ErrorKind.ObjectNotFound)) lab.Tally.Lost.Add($"get {key}: {outcome.Result} {outcome.Detail}");
            }
        }

        void Note(Outcome outcome)
        {
            lock (outcomes) outcomes.Add(outcome);
        }
    }

    private async Task OptimizeAsync(Lab lab, string prefix, int round, Random random)
    {
        if (withKills)
        {
            var victim = lab.StartWorker();
            await victim.ReadyAsync();
            var running = victim.RunAsync(Job.Optimize(prefix));
            await Task.Delay(random.Next(50, 900));
            await victim.KillAsync();
            await victim.DisposeAsync();
            lab.Tally.Count(await running);
            return;
        }

        var all = Enumerable.Range(0, 1 + (round % 2)).Select(i => Turn(lab, i).RunAsync(Job.Optimize(prefix))).ToArray();
        foreach (var outcome in await Task.WhenAll(all)) lab.Tally.Count(outcome);
        if (!all.Any(one => one.Result.IsOk)) lab.Tally.Errors.Add($"optimize {prefix}: {string.Join("; ", all.Select(one => one.Result.Detail))}");
    }

    private static async Task FinishAsync(Lab lab, string prefix)
    {
        var outcome = await Turn(lab, 0).RunAsync(Job.Optimize(prefix));
        lab.Tally.Count(outcome);
        if (!outcome.IsOk) lab.Tally.Errors.Add($"optimize {prefix} after a kill: {outcome.Result} {outcome.Detail}");
        await lab.VerifyAsync(prefix);
    }
}
