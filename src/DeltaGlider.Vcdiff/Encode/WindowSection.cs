using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>One section of a window: as written, and compressed when that is shorter.</summary>
internal sealed class WindowSection(SectionKind kind, NativeBuffer plain, LzmaEffort? effort) : IDisposable
{
    /// <summary>Below this, what frames a compressed section is more than it can save.</summary>
    private const int MinLength = 32;

    private readonly NativeBuffer _compressed = new();
    private LzmaSectionCompressor? _compressor;

    public SectionKind Kind => kind;

    public NativeBuffer Plain => plain;

    /// <summary>What the compressor made of it; only of use when <see cref="IsCompressed"/>.</summary>
    public NativeBuffer Compressed => _compressed;

    public bool IsCompressed { get; private set; }

    /// <summary>What the stream of this kind of section starts with, once per delta.</summary>
    public void WriteStreamHeader(NativeBuffer output) => XzHeader.Write(output, effort!.DictionaryBytes);

    public void Compress(CancellationToken cancellationToken)
    {
        IsCompressed = false;
        if (effort == null || plain.Length < MinLength) return;
        _compressor ??= new LzmaSectionCompressor(effort);
        _compressed.Length = 0;
        IsCompressed = _compressor.TryCompress(plain.Span, _compressed, cancellationToken);
    }

    public void Dispose()
    {
        _compressed.Dispose();
        _compressor?.Dispose();
    }
}
