using DeltaGlider.Fuzz;
using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Fuzz.Run;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>A slice of the fuzzer, the same inputs in every run as far as time allows: tests/Fuzz runs it for longer.</summary>
public class FuzzTests
{
    [Fact]
    public void Finds_nothing_in_a_few_seconds()
    {
        var options = new FuzzOptions { Seconds = 5, Seed = 20261123, Workers = 1, TimeoutSeconds = 30 };
        var report = new Fuzzer(options, SeedCorpus.Load([], useXdelta: false)).Run();
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.True(report.Finds.Count == 0, report.ToString() + string.Join('\n', report.Finds.Select(find => find.Description)));
        Assert.True(report.Executions > 200, report.ToString());
        Assert.Equal(9, report.Tallies.Count);
    }

    [Fact]
    public void An_execution_is_made_again_by_its_number()
    {
        var corpus = SeedCorpus.Load([], useXdelta: false);
        foreach (var name in Fuzz.Targets.FuzzTargets.Names)
        {
            using var one = Fuzz.Targets.FuzzTargets.Create(corpus, name)[0];
            using var other = Fuzz.Targets.FuzzTargets.Create(corpus, name)[0];
            for (var number = 0; number < 20; number++)
                Assert.Equal(one.Make(new FuzzRandom(7, number)).Bytes, other.Make(new FuzzRandom(7, number)).Bytes);
        }
    }
}
