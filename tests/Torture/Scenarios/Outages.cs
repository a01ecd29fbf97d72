namespace DeltaGlider.Torture.Tests.Scenarios;

/// <summary>
/// The gateway stops answering, or dies and comes back, while writers, overwriters and removers are at work. Commands may
/// fail; what was reported stays.
/// </summary>
internal sealed class Outages(Gateway gateway) : Scenario
{
    public override string Name => "outages";

    public override int Processes => 3;

    /// <summary>Only where there is a gateway that may be stopped.</summary>
    public static IEnumerable<Scenario> WherePossible() => Gateway.IfAny() is { } gateway ? [new Outages(gateway)] : [];

    public override async Task RoundAsync(Lab lab, int round, Random random)
    {
        var prefix = $"out/{round}/";
        var seed = random.Next();
        await lab.WaveAsync(Enumerable.Range(0, 3).Select(i => (Turn(lab, i), Job.Put($"{prefix}k{i}.zip", new Payload(seed, i + 1, 60_000)))));
        await lab.VerifyAsync(prefix, countLeftovers: false);
        var version = 10;
        var jobs = Enumerable.Range(0, 24).Select(i => random.Next(6) switch
        {
            0 or 1 => Job.Remove($"{prefix}k{random.Next(5)}.zip"),
            2 => Job.Direct($"{prefix}k{random.Next(5)}.zip", new Payload(seed, ++version, 60_000)),
            _ => Job.Put($"{prefix}k{random.Next(5)}.zip", new Payload(seed, ++version, 60_000)),
        }).ToArray();
        var outage = OutageAsync();
        await Task.WhenAll(lab.WaveAsync(jobs.Select((job, i) => (Turn(lab, i), job))), outage);
        await WaitAsync(lab);
        await lab.VerifyAsync(prefix);

        async Task OutageAsync()
        {
            await Task.Delay(random.Next(20, 250));
            lab.Tally.Faults++;
            if (round % 2 == 0) await gateway.PauseAsync(TimeSpan.FromSeconds(random.Next(1, 4)));
            else await gateway.RestartAsync(TimeSpan.FromSeconds(random.Next(0, 3)));
        }
    }

    public override async Task EndAsync(Lab lab) => await lab.VerifyAsync("");

    private static async Task WaitAsync(Lab lab)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var client = await lab.ClientAsync();
                await client.Store.FindAsync(new Core.Model.S3Uri(lab.Bucket, "nothing"), CancellationToken.None);
                return;
            }
            catch (Core.Errors.DeltaGliderException) when (attempt < 40)
            {
                await Task.Delay(250);
            }
        }
    }
}
