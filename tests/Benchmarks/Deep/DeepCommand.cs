using System.Globalization;
using DeltaGlider.Benchmarks.Compare;

namespace DeltaGlider.Benchmarks.Deep;

/// <summary><c>compare --deep [REFERENCE TARGET]... [--suite] [--only TEXT]</c>: deep deltas beside plain ones and xdelta3's.</summary>
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

        using var made = new DeepSuite();
        var pairs = files.Chunk(2).Select(two => new Pair(Path.GetFileName(two[1]), "files", two[0], two[1])).ToList();
        if (suite)
        {
            pairs.AddRange(DeepSuite.NuGet());
            if (DeepSuite.Has("npm")) await foreach (var pair in DeepSuite.NpmAsync()) pairs.Add(pair);
            await foreach (var pair in made.MadeAsync()) pairs.Add(pair);
        }

        Line("pair", "archive", "xdelta3 -9", "plain", "deep", "of xd3", "vcdiff", "difference", "enc s", "dec s", "MB/s e", "MB/s d", "exact", "encoders");
        var rows = new List<(string Group, long Ours, long Theirs)>();
        foreach (var pair in pairs.Where(pair => $"{pair.Group} {pair.Name}".Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            var figures = await DeepRunner.RunAsync(pair);
            rows.Add((pair.Group, figures.Result.DeltaBytes, await XdeltaAsync(pair)));
            Row(pair, figures, rows[^1].Theirs);
        }

        foreach (var group in rows.GroupBy(row => row.Group)) Sum(group.Key, [.. group]);
        return 0;
    }

    private static void Row(Pair pair, DeepFigures figures, long xdelta)
    {
        var result = figures.Result;
        // Of one image: the encoder goes through both, the decoder makes one of the other.
        var megabytes = result.ImageBytes / 2e6;
        Line(
            pair.Name, Whole(new FileInfo(pair.Target).Length), Whole(xdelta), Whole(result.PlainDeltaBytes), Whole(result.DeltaBytes), Share(result.DeltaBytes, xdelta),
            Whole(result.VcdiffBytes), Whole(result.DifferenceBytes), One(figures.EncodeSeconds), One(figures.DecodeSeconds),
            One(megabytes / figures.EncodeSeconds), One(megabytes / figures.DecodeSeconds), Share(result.ExactBytes, Math.Max(1, result.StreamBytes)),
            string.Join(' ', result.Encoders.Select(one => $"{one.Encoder}:{one.Streams}")));
    }

    private static void Sum(string group, List<(string Group, long Ours, long Theirs)> rows)
    {
        var shares = rows.Select(row => row.Ours / (double)row.Theirs).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{group}: {rows.Count} pairs, {rows.Sum(row => row.Ours):N0} bytes in place of xdelta3's {rows.Sum(row => row.Theirs):N0}: {Share(rows.Sum(row => row.Ours), rows.Sum(row => row.Theirs))}; median {shares[shares.Count / 2]:0.0000}"));
    }

    private static string Share(long part, long whole) => (part / (double)whole).ToString("0.0000", CultureInfo.InvariantCulture);

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
