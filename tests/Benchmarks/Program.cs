using BenchmarkDotNet.Running;
using DeltaGlider.Benchmarks.Compare;
using DeltaGlider.Benchmarks.Deflate;
using DeltaGlider.Benchmarks.Folders;
using DeltaGlider.Benchmarks.Stats;
using DeltaGlider.Benchmarks.Throughput;

// `compare …` measures whole runs beside xdelta3, `memory …` what large files take, `throughput …` many files on their way
// into a store beside other tools, `sync …` an unchanged folder beside the AWS CLI, `large-file …` one large file there and
// back, `stats …` what statistics of many objects ask for, `deflate …` which encoders real
// archives come from; anything else is BenchmarkDotNet's command line.
return args switch
{
    ["compare", .. var rest] => await CompareCommand.RunAsync(rest),
    ["memory", .. var rest] => await MemoryCommand.RunAsync(rest),
    ["throughput", .. var rest] => await ThroughputCommand.RunAsync(rest),
    [PutWorker.Command, .. var rest] => await PutWorker.RunAsync(rest),
    ["large-file", .. var rest] => await LargeFileCommand.RunAsync(rest),
    ["sync", .. var rest] => await SyncCommand.RunAsync(rest),
    ["stats", .. var rest] => await StatsCommand.RunAsync(rest),
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
