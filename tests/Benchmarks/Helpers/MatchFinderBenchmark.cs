using BenchmarkDotNet.Attributes;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Benchmarks.Helpers;

/// <summary>LZMA's match finder alone, at each position: chains against trees.</summary>
public unsafe class MatchFinderBenchmark : IDisposable
{
    private const int Length = 1 << 19;
    private readonly HelperData _section = new(Length, 1, values: 20);

    [Params(false, true)]
    public bool Trees { get; set; }

    [Benchmark]
    public int Find()
    {
        using var finder = new MatchFinder(Trees, 64, 16, 1 << 22);
        finder.Continue(_section.Pointer, Length);
        var matches = stackalloc LzmaMatch[LzmaModel.MaxMatchLength];
        var found = 0;
        for (var at = 0; at < Length; at++) found += finder.Find(at, matches);
        return found;
    }

    public void Dispose()
    {
        _section.Dispose();
        GC.SuppressFinalize(this);
    }
}
