using BenchmarkDotNet.Attributes;
using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Benchmarks.Helpers;

/// <summary>A section of literals through LZMA: match finder, parser and range coder.</summary>
public class LzmaCompressBenchmark : IDisposable
{
    private readonly HelperData _section = new(1 << 20, 1, values: 20);
    private readonly NativeBuffer _output = new();

    [Params("quick", "fast", "normal")]
    public string Effort { get; set; } = "";

    [Benchmark]
    public int Compress()
    {
        using var compressor = new LzmaSectionCompressor(Effort switch
        {
            "quick" => LzmaEffort.Quick,
            "fast" => LzmaEffort.Fast,
            _ => LzmaEffort.Normal,
        });
        _output.Length = 0;
        compressor.TryCompress(_section.Span, _output, CancellationToken.None);
        return _output.Length;
    }

    public void Dispose()
    {
        _section.Dispose();
        _output.Dispose();
        GC.SuppressFinalize(this);
    }
}
