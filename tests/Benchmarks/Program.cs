using BenchmarkDotNet.Running;
using DeltaGlider.Benchmarks.Compare;

// `compare …` measures whole runs beside xdelta3; anything else is BenchmarkDotNet's command line.
return args switch
{
    ["compare", .. var rest] => await CompareCommand.RunAsync(rest),
    [Worker.Command, .. var rest] => await Worker.RunAsync(rest),
    _ => RunBenchmarks(args),
};

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(CompareCommand).Assembly).Run(args);
    return 0;
}
