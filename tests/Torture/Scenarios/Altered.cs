namespace DeltaGlider.Torture.Tests.Scenarios;

/// <summary>Rounds of other scenarios in turn, under worse circumstances.</summary>
internal sealed class Altered(string name, double faultShare, TimeSpan clockStep) : Scenario
{
    private readonly Scenario[] _inner = [new WritersAndRemovers(), new RemoversAndRewriters(), new Overwriters(), new FirstWriters()];

    /// <summary>The server turns requests away with 503 and 500, and loses answers.</summary>
    public static Altered Throttled { get; } = new("throttled", 0.15, TimeSpan.Zero);

    /// <summary>The processes' clocks are hours apart.</summary>
    public static Altered SkewedClocks { get; } = new("skewed-clocks", 0, TimeSpan.FromMinutes(47));

    public override string Name => name;

    public override double FaultShare => faultShare;

    public override TimeSpan ClockOf(int worker) => clockStep * (worker - 2);

    public override Task RoundAsync(Lab lab, int round, Random random) => _inner[round % _inner.Length].RoundAsync(lab, round, random);
}
