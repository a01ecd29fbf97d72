namespace DeltaGlider.Torture.Tests.Scenarios;

/// <summary>The last delta of a deltaspace is removed while others write new ones there.</summary>
internal sealed class WritersAndRemovers : Scenario
{
    public override string Name => "writers-removers";

    public override async Task RoundAsync(Lab lab, int round, Random random)
    {
        var prefix = $"wr/{round}/";
        var seed = random.Next();
        await lab.WaveAsync([(Turn(lab, round), Job.Put(prefix + "w0.zip", new Payload(seed, 1, 40_000)))]);
        var version = 1;
        for (var wave = 0; wave < 4; wave++)
        {
            // All that is there goes, while one to four new files come.
            var there = lab.Ledger.Allowed.Where(pair => !pair.Value.Contains(null)).Select(pair => Job.Remove(pair.Key));
            var writers = Enumerable.Range(0, random.Next(1, 5)).Select(i => Job.Put($"{prefix}w{wave + 1}-{i}.zip", new Payload(seed, ++version, 40_000)));
            var jobs = there.Concat(writers).ToArray();
            random.Shuffle(jobs);
            await lab.WaveAsync(jobs.Select((job, i) => (Turn(lab, i + wave), job)));
            await lab.VerifyAsync(prefix, countLeftovers: false);
        }

        await lab.VerifyAsync(prefix);
        lab.Ledger.Clear();
    }
}
