using DeltaGlider.Fuzz;
using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Fuzz.Run;
using DeltaGlider.Fuzz.Targets;

if (FuzzOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}

var corpus = SeedCorpus.Load(options.Corpus);
if (options.Replay is { } file)
{
    // The reference is not part of the file: a find says in its text which one it had.
    using var target = FuzzTargets.Create(corpus, options.Target ?? "delta")[0];
    Console.WriteLine(target.Execute(new FuzzInput(File.ReadAllBytes(file), [], file), CancellationToken.None));
    return 0;
}

Console.WriteLine($"{corpus.Seeds.Count} deltas to start from, {options.Workers} workers, seed {options.Seed}.");
var report = new Fuzzer(options, corpus).Run();
Console.Write(report);
if (report.Finds.Count > 0) Console.WriteLine($"Kept in {options.Keep}.");
return report.Finds.Count == 0 ? 0 : 1;
