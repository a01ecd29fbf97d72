using BenchmarkDotNet.Attributes;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Benchmarks.Helpers;

/// <summary>One window of many small copies and literals.</summary>
public class WindowDecodeBenchmark : IDisposable
{
    private const int Length = 8 << 20;
    private readonly SourceBuffer _source;
    private readonly MemoryStream _delta = new();

    public WindowDecodeBenchmark()
    {
        using var data = new HelperData(Length, 1);
        _source = SourceBuffer.CopyOf(data.Span);
        for (var at = 50; at < Length; at += 100) data.Span[at] ^= 1;
        new VcdiffEncoder(_source).EncodeAsync(new MemoryStream(data.Span.ToArray()), _delta).AsTask().GetAwaiter().GetResult();
    }

    [Benchmark]
    public async Task<long> Decode()
    {
        _delta.Position = 0;
        return (await new VcdiffDecoder(_source).DecodeAsync(_delta, Stream.Null)).TargetBytes;
    }

    public void Dispose()
    {
        _source.Dispose();
        _delta.Dispose();
        GC.SuppressFinalize(this);
    }
}
