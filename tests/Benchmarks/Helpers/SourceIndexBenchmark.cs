using BenchmarkDotNet.Attributes;
using DeltaGlider.Vcdiff.Encode;

namespace DeltaGlider.Benchmarks.Helpers;

/// <summary>The index of the source: to build it, and to look up seeds that it does not have, which is the usual case.</summary>
public unsafe class SourceIndexBenchmark : IDisposable
{
    private const int Probes = 1 << 16;
    private HelperData? _source;
    private HelperData? _target;
    private SourceIndex? _index;

    [Params(1 << 20, 1 << 26)]
    public int SourceBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _source = new HelperData(SourceBytes, 1);
        _target = new HelperData(Probes + SeedHash.LongSeed, 2);
        _index = SourceIndex.Build(_source.Pointer, SourceBytes, SourceIndex.MinStep, SourceIndex.MaxBlocks, CancellationToken.None);
    }

    [Benchmark]
    public void Build() => SourceIndex.Build(_source!.Pointer, SourceBytes, SourceIndex.MinStep, SourceIndex.MaxBlocks, CancellationToken.None).Dispose();

    [Benchmark(OperationsPerInvoke = Probes)]
    public int Probe()
    {
        var offsets = stackalloc long[SourceIndex.Ways];
        var found = 0;
        for (var at = 0; at < Probes; at++) found += _index!.Lookup(SeedHash.Of32(_target!.Pointer + at), offsets);
        return found;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _source?.Dispose();
        _target?.Dispose();
        _index?.Dispose();
        GC.SuppressFinalize(this);
    }
}
