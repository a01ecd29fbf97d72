using System.Globalization;
using DeltaGlider.Fuzz.Targets;

namespace DeltaGlider.Fuzz;

/// <summary>The command line.</summary>
internal sealed record FuzzOptions
{
    public const string Usage =
        "[--seconds N] [--count N] [--seed N] [--first N] [--keep FOLDER] [--target NAME] [--workers N] [--timeout SECONDS] [--replay FILE] [CORPUS...]";

    /// <summary>When to stop, whichever comes first.</summary>
    public double Seconds { get; init; } = 30;

    public long Count { get; init; } = long.MaxValue;

    public long Seed { get; init; } = 1;

    /// <summary>
    /// The number of the first execution: with the seed and a count of 1 it makes one execution again, also one that
    /// ended the process and left its number in the first eight bytes of <c>running-N.bin</c>.
    /// </summary>
    public long First { get; init; }

    /// <summary>Where finds are written; nowhere when null.</summary>
    public string? Keep { get; init; }

    /// <summary>The only target to run; all when null.</summary>
    public string? Target { get; init; }

    public int Workers { get; init; } = Math.Min(Environment.ProcessorCount, 4);

    /// <summary>What one execution may take.</summary>
    public double TimeoutSeconds { get; init; } = 10;

    /// <summary>A file to execute as it is, with the target named.</summary>
    public string? Replay { get; init; }

    public IReadOnlyList<string> Corpus { get; init; } = [];

    /// <summary>Null for a command line that is not understood.</summary>
    public static FuzzOptions? Parse(IReadOnlyList<string> args)
    {
        var options = new FuzzOptions { Keep = Path.Combine(Path.GetTempPath(), "deltaglider-finds") };
        var corpus = new List<string>();
        try
        {
            for (var at = 0; at < args.Count; at++)
            {
                if (!args[at].StartsWith("--", StringComparison.Ordinal))
                {
                    corpus.Add(args[at]);
                    continue;
                }
                if (at + 1 == args.Count) return null;
                var value = args[at + 1];
                switch (args[at++])
                {
                    case "--seconds": options = options with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) }; break;
                    case "--count": options = options with { Count = long.Parse(value, CultureInfo.InvariantCulture) }; break;
                    case "--seed": options = options with { Seed = long.Parse(value, CultureInfo.InvariantCulture) }; break;
                    case "--first": options = options with { First = long.Parse(value, CultureInfo.InvariantCulture) }; break;
                    case "--keep": options = options with { Keep = value }; break;
                    case "--target" when FuzzTargets.Names.Contains(value): options = options with { Target = value }; break;
                    case "--workers": options = options with { Workers = Math.Max(1, int.Parse(value, CultureInfo.InvariantCulture)) }; break;
                    case "--timeout": options = options with { TimeoutSeconds = double.Parse(value, CultureInfo.InvariantCulture) }; break;
                    case "--replay": options = options with { Replay = value }; break;
                    default: return null;
                }
            }
        }
        catch (FormatException)
        {
            return null;
        }
        // A count alone is not cut short by the clock.
        if (args.Contains("--count") && !args.Contains("--seconds")) options = options with { Seconds = double.MaxValue };
        return options with { Corpus = corpus };
    }
}
