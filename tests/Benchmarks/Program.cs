using BenchmarkDotNet.Running;
using DeltaGlider.Benchmarks.Compare;
using DeltaGlider.Benchmarks.Deflate;

// `compare …` measures whole runs beside xdelta3, `memory …` what large files take, `deflate …` which encoders real
// archives come from; anything else is BenchmarkDotNet's command line.
return args switch
{
    ["compare", .. var rest] => await CompareCommand.RunAsync(rest),
    ["memory", .. var rest] => await MemoryCommand.RunAsync(rest),
    ["deflate", .. var rest] => DeflateCommand.Run(rest),
    [Worker.Command, .. var rest] => await Worker.RunAsync(rest),
    [LargeWorker.Command, .. var rest] => await LargeWorker.RunAsync(rest),
    _ => RunBenchmarks(args),
};

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(CompareCommand).Assembly).Run(args);
    return 0;
}
