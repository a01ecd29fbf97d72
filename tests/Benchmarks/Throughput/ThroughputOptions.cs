using System.Globalization;
using DeltaGlider.TestKit;

namespace DeltaGlider.Benchmarks.Throughput;

/// <summary>What to measure, and where.</summary>
internal sealed record ThroughputOptions
{
    public const string Usage = "throughput [--endpoint URL --access-key KEY --secret-key KEY] [--files N] [--kib N] [--runs N] [--each N] [--gib N]";

    /// <summary>The store; null for the tests' own S3 server.</summary>
    public string? Endpoint { get; init; }

    public string AccessKey { get; init; } = "";

    public string SecretKey { get; init; } = "";

    /// <summary>How many archives.</summary>
    public int Files { get; init; } = 200;

    /// <summary>How large each of them is.</summary>
    public int Kib { get; init; } = 300;

    /// <summary>How often each tool does it; the median counts.</summary>
    public int Runs { get; init; } = 3;

    /// <summary>How many of the files a tool that is started once per file gets: it takes long, and each takes as long as the other.</summary>
    public int Each { get; init; } = 20;

    /// <summary>The size of the archive whose put's memory is measured; 0 for none.</summary>
    public double Gib { get; init; }

    /// <summary>Reads a command line; null where it makes no sense.</summary>
    public static ThroughputOptions? Parse(string[] args)
    {
        var options = new ThroughputOptions();
        if (args.Length % 2 != 0) return null;
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = args[i + 1];
            var number = double.TryParse(value, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            switch (args[i])
            {
                case "--endpoint": options = options with { Endpoint = value }; break;
                case "--access-key": options = options with { AccessKey = value }; break;
                case "--secret-key": options = options with { SecretKey = value }; break;
                case "--files": options = options with { Files = (int)number }; break;
                case "--kib": options = options with { Kib = (int)number }; break;
                case "--runs": options = options with { Runs = (int)number }; break;
                case "--each": options = options with { Each = (int)number }; break;
                case "--gib": options = options with { Gib = number }; break;
                default: return null;
            }
        }

        if (options.Files < 1 || options.Kib < 1 || options.Runs < 1) return null;
        if (options.Endpoint is not null || S3Server.IfAny() is not { } server) return options.Endpoint is null ? null : options;
        return options with { Endpoint = server.Endpoint, AccessKey = server.AccessKey, SecretKey = server.SecretKey };
    }
}
