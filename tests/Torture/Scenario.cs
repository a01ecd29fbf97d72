using DeltaGlider.Torture.Tests.Scenarios;

namespace DeltaGlider.Torture.Tests;

/// <summary>One way to torment a store, round by round.</summary>
internal abstract class Scenario
{
    public static IReadOnlyList<Scenario> All { get; } =
        [new FirstWriters(), new WritersAndRemovers(), new RemoversAndRewriters(), new OverwritersAndReaders(), new Overwriters(), new Kills(),
            new Optimizers(withKills: false), new Optimizers(withKills: true), Altered.Throttled, Altered.SkewedClocks, .. Outages.WherePossible()];

    public abstract string Name { get; }

    /// <summary>How many processes work at the same time.</summary>
    public virtual int Processes => 4;

    /// <summary>The share of the workers' requests that are turned away, or whose answer is lost.</summary>
    public virtual double FaultShare => 0;

    /// <summary>How far a worker's clock is ahead of the store's.</summary>
    public virtual TimeSpan ClockOf(int worker) => TimeSpan.Zero;

    public abstract Task RoundAsync(Lab lab, int round, Random random);

    /// <summary>After the last round.</summary>
    public virtual Task EndAsync(Lab lab) => Task.CompletedTask;

    public override string ToString() => Name;

    /// <summary>The worker whose turn it is.</summary>
    protected static Worker Turn(Lab lab, int i) => lab.Workers[i % lab.Workers.Count];
}
