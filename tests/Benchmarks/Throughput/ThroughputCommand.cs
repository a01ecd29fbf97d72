using System.Globalization;
using DeltaGlider.Benchmarks.Compare;
using DeltaGlider.TestKit;

namespace DeltaGlider.Benchmarks.Throughput;

/// <summary>
/// Stores many versions of a small archive in one go, and the same files as they are with other tools; from the start of
/// each process to its end. With <c>--gib</c> it also stores a large archive as a delta and prints the memory it took.
/// </summary>
internal static class ThroughputCommand
{
    private const long Overhead = 512L << 20;

    public static async Task<int> RunAsync(string[] args)
    {
        if (ThroughputOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine(ThroughputOptions.Usage);
            return 2;
        }

        using var folder = new TempFolder();
        await using var bucket = await Bucket.OpenAsync(options);
        var environment = new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = options.AccessKey, ["AWS_SECRET_ACCESS_KEY"] = options.SecretKey, ["AWS_DEFAULT_REGION"] = "us-east-1" };
        await MeasureAsync(options, folder, bucket, environment);
        if (options.Gib > 0) await MeasureMemoryAsync(options, folder, bucket, environment);
        return 0;
    }

    private static async Task MeasureAsync(ThroughputOptions options, TempFolder folder, Bucket bucket, Dictionary<string, string> environment)
    {
        var versions = VersionedBytes.Versions(20261125, options.Kib << 10, options.Files);
        var files = versions.Select((bytes, i) => folder.Write($"raw/app-1.{i:0000}.zip", bytes)).ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files.Length} archives, {versions.Sum(bytes => (long)bytes.Length):N0} bytes, to {options.Endpoint}; median of {options.Runs}."));
        var tools = Contender.All(options.Endpoint!).ToArray();
        var seconds = tools.ToDictionary(tool => tool, _ => new List<double>());
        var stored = new Dictionary<Contender, long>();

        // Round by round, so that what else the machine does hits all of them.
        for (var run = 0; run < options.Runs; run++)
        {
            foreach (var tool in tools.Where(tool => tool.Program is not null && (run == 0 || !tool.IsPerFile)))
            {
                var part = PartOf(tool, options, files);
                var prefix = bucket.NewPrefix();
                var took = await tool.RunAsync(tool.IsPerFile ? part : [folder["raw"]], prefix, environment);
                seconds[tool].Add(took.TotalSeconds * files.Length / part.Length);
                (var objects, stored[tool]) = await bucket.CountAsync(prefix);
                if (objects < part.Length) throw new InvalidOperationException($"{tool.Name} stored {objects} objects of {part.Length}.");
                await bucket.EmptyAsync();
            }
        }

        Console.WriteLine();
        Console.WriteLine("| tool | seconds | best | files/s | to the first row | bytes stored |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach (var tool in tools)
        {
            if (tool.Program is null)
            {
                Console.WriteLine($"| {tool.Name} | not on this machine | | | | |");
                continue;
            }

            var part = PartOf(tool, options, files);
            var (median, first) = (Median(seconds[tool]), Median(seconds[tools[0]]));
            var note = part.Length < files.Length ? $" ({part.Length} files, times {files.Length / (double)part.Length:0.#})" : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {tool.Name}{note} | {median:0.00} | {seconds[tool].Min():0.00} | {files.Length / median:0} | {median / first:0.00} | {stored[tool]:N0} |"));
        }
    }

    private static string[] PartOf(Contender tool, ThroughputOptions options, string[] files) => tool.IsPerFile ? [.. files.Take(options.Each)] : files;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task MeasureMemoryAsync(ThroughputOptions options, TempFolder folder, Bucket bucket, Dictionary<string, string> environment)
    {
        var length = (long)(options.Gib * (1L << 30));
        Directory.CreateDirectory(folder["large", "1"]);
        Directory.CreateDirectory(folder["large", "2"]);
        await LargePair.WriteAsync(folder["large", "1", "app-1.zip"], folder["large", "2", "app-2.zip"], length, 2000);
        var ours = Contender.All(options.Endpoint!).First();
        var prefix = bucket.NewPrefix();
        Console.WriteLine();
        Console.WriteLine("| put | seconds | peak MiB | over the reference, MiB | goal 512 |");
        Console.WriteLine("|---|--:|--:|--:|---|");
        foreach (var (what, source) in new[] { ("the first archive, which becomes the reference", folder["large", "1"]), ("the next one, as a delta", folder["large", "2"]) })
        {
            using var process = ours.Start(source, prefix, environment);
            var errors = process.StandardError.ReadToEndAsync();
            var peak = await MemoryPeak.WatchAsync(process);
            if (process.ExitCode != 0) throw new InvalidOperationException($"The put ended with {process.ExitCode}: {await errors}");
            var over = peak.Resident - length;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what}, {length >> 20} MiB | {peak.Seconds:0.0} | {peak.Resident >> 20} | {over >> 20} | {(over <= Overhead ? "met" : "MISSED")} |"));
        }

        Console.WriteLine();
        var (_, stored) = await bucket.CountAsync(prefix);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The two took {stored:N0} bytes of the store."));
    }
}
