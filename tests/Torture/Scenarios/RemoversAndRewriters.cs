namespace DeltaGlider.Torture.Tests.Scenarios;

/// <summary>Several remove the same objects, and several write them again, with new first files in between.</summary>
internal sealed class RemoversAndRewriters : Scenario
{
    public override string Name => "removers-rewriters";

    public override async Task RoundAsync(Lab lab, int round, Random random)
    {
        var prefix = $"rr/{round}/";
        var seed = random.Next();
        await lab.WaveAsync(Enumerable.Range(0, 2).Select(i => (Turn(lab, i), Job.Put($"{prefix}k{i}.zip", new Payload(seed, i + 1, 30_000)))));
        var version = 10;
        for (var wave = 0; wave < 4; wave++)
        {
            var jobs = new List<Job>();
            for (var key = 0; key < 3; key++)
            {
                for (var i = random.Next(1, 4); i > 0; i--) jobs.Add(Job.Remove($"{prefix}k{key}.zip"));
                for (var i = random.Next(0, 3); i > 0; i--) jobs.Add(Job.Put($"{prefix}k{key}.zip", new Payload(seed, ++version, 30_000)));
            }

            jobs.Add(Job.Put($"{prefix}n{wave}.zip", new Payload(seed, ++version, 30_000)));
            if (wave > 0) jobs.Add(Job.Remove($"{prefix}n{wave - 1}.zip"));
            var shuffled = jobs.ToArray();
            random.Shuffle(shuffled);
            await lab.WaveAsync(shuffled.Select((job, i) => (Turn(lab, i), job)));
            await lab.VerifyAsync(prefix, countLeftovers: false);
        }

        await lab.VerifyAsync(prefix);
        lab.Ledger.Clear();
    }
}
