using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace DeltaGlider.Torture.Tests;

/// <summary>
/// Three programs in one: the tests; <c>-- --scenario NAME</c>, which torments a store for as long as is asked for and
/// prints a table; and the child process that either of them starts many of.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (Child.IsOne) return await Child.RunAsync();
        if (args.Contains("--server") || args.Contains("--internal-msbuild-node"))
            return await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
        return TortureOptions.AreMeantBy(args) ? await RunAsync(args) : await ConsoleRunner.Run(args);
    }

    private static async Task<int> RunAsync(string[] args)
    {
        var options = TortureOptions.Parse(args);
        var rows = new List<Tally>();
        foreach (var scenario in options.Chosen())
        {
            await using var lab = await Lab.OpenAsync(options, scenario, Console.Error.WriteLine);
            await lab.RunAsync(scenario, options.Rounds, options.Seconds, CancellationToken.None);
            rows.Add(lab.Tally);
            await Console.Error.WriteLineAsync(lab.Tally.ToString());
        }

        await Console.Out.WriteLineAsync(Tally.Table(rows));
        return rows.All(row => row.IsClean) ? 0 : 1;
    }
}
