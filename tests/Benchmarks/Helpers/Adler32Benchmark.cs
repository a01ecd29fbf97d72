using BenchmarkDotNet.Attributes;
using DeltaGlider.Vcdiff.Checksum;

namespace DeltaGlider.Benchmarks.Helpers;

/// <summary>The checksum of a window.</summary>
public class Adler32Benchmark : IDisposable
{
    private readonly HelperData _data = new(1 << 20, 1);

    [Benchmark(Baseline = true)]
    public uint Scalar() => Adler32.ComputeScalar(_data.Span, Adler32.Initial);

    [Benchmark]
    public uint Vectorized() => Adler32.ComputeVectorized(_data.Span, Adler32.Initial);

    public void Dispose()
    {
        _data.Dispose();
        GC.SuppressFinalize(this);
    }
}
