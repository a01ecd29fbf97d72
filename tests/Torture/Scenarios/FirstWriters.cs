namespace DeltaGlider.Torture.Tests.Scenarios;

/// <summary>Thirty-two first uploads into one deltaspace at the same moment, from four processes.</summary>
internal sealed class FirstWriters : Scenario
{
    private const int Writers = 32;

    public override string Name => "first-writers";

    public override async Task RoundAsync(Lab lab, int round, Random random)
    {
        var seed = random.Next();
        await lab.WaveAsync(Enumerable.Range(0, Writers).Select(i => (Turn(lab, i), Job.Put($"first/{round}/f{i}.zip", new Payload(seed, i + 1, 60_000)))));
        await lab.VerifyAsync($"first/{round}/");
        lab.Ledger.Clear();
    }
}
