using DeltaGlider.Vcdiff;

namespace DeltaGlider.Benchmarks.Compare;

/// <summary><c>compare --deep …</c>, see <see cref="Deep.DeepCommand"/>, or <c>compare REFERENCE TARGET | --suite [--only TEXT] [--json] [--runs N] [--level fast|default|best|0|1|2] [--xdelta PATH]</c>.</summary>
internal static class CompareCommand
{
    private const string Usage = "compare REFERENCE TARGET | --suite [--only TEXT] [--json] [--runs N] [--level fast|default|best|0|1|2] [--xdelta PATH]";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--deep")) return await Deep.DeepCommand.RunAsync([.. args.Where(one => one != "--deep")]);
        var files = new List<string>();
        var (suite, json, runs, xdelta, only) = (false, false, 3, "xdelta3", "");
        var level = VcdiffLevel.Default;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--suite": suite = true; break;
                case "--json": json = true; break;
                case "--runs" when i + 1 < args.Length: runs = int.Parse(args[++i], System.Globalization.CultureInfo.InvariantCulture); break;
                case "--xdelta" when i + 1 < args.Length: xdelta = args[++i]; break;
                case "--level" when i + 1 < args.Length && Enum.TryParse(args[i + 1], ignoreCase: true, out VcdiffLevel chosen) && Enum.IsDefined(chosen): (level, i) = (chosen, i + 1); break;
                case "--only" when i + 1 < args.Length: only = args[++i]; break;
                case var option when option.StartsWith('-'): return Refuse();
                default: files.Add(args[i]); break;
            }
        }

        if (suite == (files.Count == 2) || (!suite && files.Count != 2)) return Refuse();
        using var runner = new PairRunner(xdelta, runs, level);
        using var made = new Suite();
        var pairs = suite
            ? Suite.Archives().Concat(made.Tars()).Concat(made.Synthetic())
            : [new Pair(Path.GetFileName(files[1]), "files", files[0], files[1])];
        var table = new Table(json, level);
        var all = new List<Comparison>();
        foreach (var pair in pairs.Where(pair => pair.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            all.Add(await runner.RunAsync(pair));
            table.Add(all[^1]);
        }

        table.Means(all);
        return 0;
    }

    private static int Refuse()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
