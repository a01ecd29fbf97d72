using BenchmarkDotNet.Attributes;
using DeltaGlider.Vcdiff.Encode;

namespace DeltaGlider.Benchmarks.Helpers;

/// <summary>How far two stretches agree: vectors against words.</summary>
public unsafe class MatchLengthBenchmark : IDisposable
{
    private readonly HelperData _a = new(1 << 16, 1);
    private readonly HelperData _b = new(1 << 16, 1);

    [Params(16, 1000, 65536)]
    public int Length { get; set; }

    [Benchmark(Baseline = true)]
    public long Scalar() => CommonBytes.PrefixScalar(_a.Pointer, _b.Pointer, 0, Length);

    [Benchmark]
    public long Vectorized() => CommonBytes.PrefixVectorized(_a.Pointer, _b.Pointer, Length);

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        GC.SuppressFinalize(this);
    }
}
