using System.Globalization;

namespace DeltaGlider.Benchmarks.Folders;

/// <summary>
/// <c>sync [--files N] [--size BYTES] [--runs N]</c>: syncs a folder that has not changed, ours beside
/// <c>aws s3 sync</c> of the same plain files in the same run, on the S3 server that DG_TEST_S3_ENDPOINT,
/// DG_TEST_S3_ACCESS_KEY and DG_TEST_S3_SECRET_KEY name; and counts the requests of each. The goal is three times the AWS
/// CLI's time.
/// </summary>
internal static class SyncCommand
{
    private const string Usage = "sync [--files N] [--size BYTES] [--runs N]";
    private const double Goal = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var (files, size, runs) = (2000, 50_000, 3);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Refuse();
            switch (args[i])
            {
                case "--files": files = number; break;
                case "--size": size = number; break;
                case "--runs": runs = number; break;
                default: return Refuse();
            }
        }

        var folder = Directory.CreateTempSubdirectory("deltaglider-sync-").FullName;
        try
        {
            await MeasureAsync(folder, files, size, runs);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(string folder, int files, int size, int runs)
    {
        var server = new Uri(Need("DG_TEST_S3_ENDPOINT"));
        var name = $"dg-sync-{Guid.NewGuid():N}";
        var (ours, theirs) = (new SyncTool(false, server, folder, name + "-o"), new SyncTool(true, server, folder, name + "-a"));
        Write(folder, files, size);
        foreach (var tool in new[] { ours, theirs })
        {
            await tool.MakeBucketAsync();
            await tool.SyncAsync();
        }

        Console.WriteLine($"{files} unchanged files of {size} bytes, {server}; the best of {runs} runs by turns.");
        Console.WriteLine($"{"",-14} {"seconds",8} {"CPU s",7} {"peak MB",8}  requests");
        var (us, them) = (new SyncFigures(double.MaxValue, 0, 0), new SyncFigures(double.MaxValue, 0, 0));
        for (var run = 0; run < runs; run++)
        {
            them = them.Better(await theirs.SyncAsync());
            us = us.Better(await ours.SyncAsync());
        }

        Report("deltaglider", us, await ours.CountAsync());
        Report("aws s3 sync", them, await theirs.CountAsync());
        foreach (var tool in new[] { ours, theirs }) await tool.EmptyAsync();
        var ratio = us.Seconds / them.Seconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio {ratio:F2}, goal {Goal:F0}: {(ratio <= Goal ? "met" : "MISSED")}"));
    }

    /// <summary>A variable that has to be set.</summary>
    public static string Need(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : throw new InvalidOperationException($"{variable} is not set.");

    private static void Write(string folder, int files, int size)
    {
        var random = new Random(1);
        var bytes = new byte[size];
        for (var i = 0; i < files; i++)
        {
            random.NextBytes(bytes);
            var path = Path.Combine(folder, $"d{i / 100:000}", $"f{i:00000}.dat");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-1));
        }
    }

    private static void Report(string name, SyncFigures figures, IReadOnlyDictionary<string, int> requests) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-14} {figures.Seconds,8:F2} {figures.CpuSeconds,7:F2} {figures.PeakBytes / 1e6,8:F0}  {string.Join(", ", requests.Select(pair => $"{pair.Value} {pair.Key}"))}"));

    private static int Refuse()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
