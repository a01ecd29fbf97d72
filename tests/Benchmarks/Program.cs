using BenchmarkDotNet.Running;
using DeltaGlider.Benchmarks.Compare;

// `compare …` measures whole runs beside xdelta3, `memory …` what large files take; anything else is BenchmarkDotNet's command line.
return args switch
{
    ["compare", .. var rest] => await CompareCommand.RunAsync(rest),
    ["memory", .. var rest] => await MemoryCommand.RunAsync(rest),
    [Worker.Command, .. var rest] => await Worker.RunAsync(rest),
    [LargeWorker.Command, .. var rest] => await LargeWorker.RunAsync(rest),
    _ => RunBenchmarks(args),
};

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(CompareCommand).Assembly).Run(args);
    return 0;
}
