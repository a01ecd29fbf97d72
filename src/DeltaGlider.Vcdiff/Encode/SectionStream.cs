using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// All sections of one kind, window after window, and the one compressed stream they go into. A section may use what
/// those before it had, so it is smaller than on its own: much is said anew in each window.
/// </summary>
internal sealed class SectionStream(SectionKind kind, LzmaEffort? effort) : IDisposable
{
    /// <summary>Below this, what frames a compressed section is more than it can save.</summary>
    private const int MinLength = 32;

    private readonly NativeBuffer _prefix = new();
    private readonly NativeBuffer _chunks = new();
    private LzmaSectionCompressor? _compressor;
    private NativeBuffer _plain = null!;
    private bool _hasStarted;
    private bool _isCompressed;

    /// <summary>The bit of the Delta_Indicator that says that the current section is compressed.</summary>
    public int IndicatorBit => _isCompressed ? 1 << (int)kind : 0;

    /// <summary>Bytes that the current section takes in the delta.</summary>
    public int StoredLength => _isCompressed ? _prefix.Length + _chunks.Length : _plain.Length;

    /// <summary>The current section as it stands in the delta, in two parts.</summary>
    public (NativeBuffer First, NativeBuffer? Second) Stored => _isCompressed ? (_prefix, _chunks) : (_plain, null);

    /// <summary>Turns to the next window's section, which must stay as it is until it is written.</summary>
    public void Take(NativeBuffer plain, CancellationToken cancellationToken)
    {
        _plain = plain;
        _isCompressed = effort != null && plain.Length >= MinLength && TryCompress(effort, cancellationToken);
        _hasStarted |= _isCompressed;
    }

    public void Dispose()
    {
        _prefix.Dispose();
        _chunks.Dispose();
        _compressor?.Dispose();
    }

    private bool TryCompress(LzmaEffort effort, CancellationToken cancellationToken)
    {
        _compressor ??= new LzmaSectionCompressor(effort);
        _prefix.Length = _chunks.Length = 0;
        _prefix.AppendVarint(_plain.Length);
        // What the stream starts with is part of its first section, which has to make up for it.
        if (!_hasStarted) XzHeader.Write(_prefix, effort.DictionaryBytes);
        if (_compressor.TryCompress(_plain.Span, _chunks, cancellationToken) && _prefix.Length + _chunks.Length < _plain.Length) return true;
        // The reader will not see what was tried here.
        _compressor.Restart();
        return false;
    }
}
