namespace DeltaGlider.Torture.Tests.Scenarios;

/// <summary>Several write the same keys at the same time, as deltas and whole: one of them prevails, whole.</summary>
internal sealed class Overwriters : Scenario
{
    public override string Name => "overwriters";

    public override async Task RoundAsync(Lab lab, int round, Random random)
    {
        var prefix = $"ow/{round}/";
        var seed = random.Next();
        var version = 0;
        for (var wave = 0; wave < 6; wave++)
        {
            var jobs = new List<Job>();
            foreach (var key in new[] { prefix + "a.zip", prefix + "b.zip" })
            {
                for (var i = random.Next(2, 5); i > 0; i--)
                {
                    var payload = new Payload(seed, ++version, 20_000);
                    jobs.Add(random.Next(2) == 0 ? Job.Put(key, payload) : Job.Direct(key, payload));
                }
            }

            var shuffled = jobs.ToArray();
            random.Shuffle(shuffled);
            await lab.WaveAsync(shuffled.Select((job, i) => (Turn(lab, i), job)));
            await lab.VerifyAsync(prefix, countLeftovers: false);
        }

        await lab.VerifyAsync(prefix);
        lab.Ledger.Clear();
    }
}
