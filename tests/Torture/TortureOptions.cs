using System.Globalization;
using DeltaGlider.TestKit;

namespace DeltaGlider.Torture.Tests;

/// <summary>What to do to which store, and for how long.</summary>
internal sealed record TortureOptions
{
    /// <summary>Rounds of each scenario.</summary>
    public int Rounds { get; init; } = 40;

    /// <summary>Seconds after which a scenario begins no further round.</summary>
    public int Seconds { get; init; } = 3600;

    /// <summary>What all chance is drawn from; interleavings are the machine's own all the same.</summary>
    public int Seed { get; init; } = Environment.TickCount;

    /// <summary>A scenario's name, or <c>all</c>.</summary>
    public string Scenario { get; init; } = "all";

    /// <summary>The store: http(s)://..., file:///..., or null for the tests' own S3 server.</summary>
    public string? Endpoint { get; init; }

    public string? AccessKey { get; init; }

    public string? SecretKey { get; init; }

    /// <summary>True when the command line is for the torture, and not for the test runner.</summary>
    public static bool AreMeantBy(string[] args) => args.Any(arg => arg is "--scenario" or "--rounds" or "--seconds" or "--endpoint" or "--seed");

    public static TortureOptions Parse(string[] args)
    {
        var options = new TortureOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} wants a value.");
            options = args[i] switch
            {
                "--rounds" => options with { Rounds = Number(value) },
                "--seconds" => options with { Seconds = Number(value) },
                "--seed" => options with { Seed = Number(value) },
                "--scenario" => options with { Scenario = value },
                "--endpoint" => options with { Endpoint = value },
                "--access-key" => options with { AccessKey = value },
                "--secret-key" => options with { SecretKey = value },
                _ => throw new ArgumentException($"'{args[i]}' is none of --scenario --rounds --seconds --seed --endpoint --access-key --secret-key."),
            };
        }

        if (options.Endpoint is not null) return options;
        var server = S3Server.IfAny() ?? throw new ArgumentException("No S3 server is at hand: say --endpoint.");
        return options with { Endpoint = server.Endpoint, AccessKey = server.AccessKey, SecretKey = server.SecretKey };
    }

    public IEnumerable<Scenario> Chosen()
    {
        var chosen = Tests.Scenario.All.Where(one => Scenario == "all" || one.Name == Scenario).ToArray();
        return chosen.Length > 0 ? chosen : throw new ArgumentException($"There is no scenario '{Scenario}', but all, {string.Join(", ", Tests.Scenario.All.Select(one => one.Name))}.");
    }

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
