using System.Globalization;
using DeltaGlider.Benchmarks.Compare;

namespace DeltaGlider.Benchmarks.Deep;

/// <summary><c>deep [REFERENCE TARGET]... [--suite] [--only TEXT]</c>: deep deltas beside plain ones.</summary>
internal static class DeepCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var files = new List<string>();
        var (suite, only) = (false, "");
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--suite") suite = true;
            else if (args[i] == "--only" && i + 1 < args.Length) only = args[++i];
            else files.Add(args[i]);
        }

        var pairs = files.Chunk(2).Select(two => new Pair(Path.GetFileName(two[1]), "files", two[0], two[1])).ToList();
        if (suite) pairs.AddRange(Suite.Archives());
        Line("pair", "archive", "xdelta3 -9", "plain", "deep", "of xd3", "vcdiff", "difference", "enc s", "dec s", "MB/s e", "MB/s d", "exact", "encoders");
        var ratios = new List<double>();
        long ours = 0, theirs = 0;
        foreach (var pair in pairs.Where(pair => pair.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            var figures = await DeepRunner.RunAsync(pair);
            var xdelta = await XdeltaAsync(pair);
            var result = figures.Result;
            ours += result.DeltaBytes;
            theirs += xdelta;
            ratios.Add(result.DeltaBytes / (double)xdelta);
            var megabytes = result.ImageBytes / 2e6;
            Line(
                pair.Name, Whole(new FileInfo(pair.Target).Length), Whole(xdelta), Whole(result.PlainDeltaBytes), Whole(result.DeltaBytes), (result.DeltaBytes / (double)xdelta).ToString("0.0000", CultureInfo.InvariantCulture),
                Whole(result.VcdiffBytes), Whole(result.DifferenceBytes), One(figures.EncodeSeconds), One(figures.DecodeSeconds),
                One(megabytes / figures.EncodeSeconds), One(megabytes / figures.DecodeSeconds), (100.0 * result.ExactBytes / Math.Max(1, result.StreamBytes)).ToString("0.0", CultureInfo.InvariantCulture),
                string.Join(' ', result.Encoders.Select(one => $"{one.Encoder}:{one.Streams}")));
        }

        ratios.Sort();
        if (ratios.Count > 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sum {ours:N0} of {theirs:N0}: {ours / (double)theirs:0.0000}; median {ratios[ratios.Count / 2]:0.0000}"));
        return 0;
    }

    private static async Task<long> XdeltaAsync(Pair pair)
    {
        var delta = Path.GetTempFileName();
        try
        {
            await ChildProcess.RunAsync("xdelta3", "-e", "-9", "-D", "-f", "-s", pair.Reference, pair.Target, delta);
            return new FileInfo(delta).Length;
        }
        finally
        {
            File.Delete(delta);
        }
    }

    private static void Line(string name, params string[] cells) =>
        Console.WriteLine(name.PadRight(44) + string.Concat(cells.Select((cell, i) => i == cells.Length - 1 ? "  " + cell : cell.PadLeft(i < 4 || i is 5 or 6 ? 12 : 8))));

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string One(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);
}
