using DeltaGlider.Vcdiff.Format;
using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary;

namespace DeltaGlider.Vcdiff.Decode;

/// <summary>One kind of section: its bytes in the current window, and what undoes its compression.</summary>
internal sealed class Section(SectionKind kind) : IDisposable
{
    private readonly NativeBuffer _stored = new();
    private readonly NativeBuffer _plain = new();
    private ISectionDecompressor? _decompressor;
    private bool _compressed;

    /// <summary>The decoded bytes.</summary>
    public NativeBuffer Bytes => _compressed ? _plain : _stored;

    /// <summary>Where in the delta the section starts.</summary>
    public long Offset { get; private set; }

    /// <summary>True when positions in <see cref="Bytes"/> are positions in the delta.</summary>
    public bool IsStored => !_compressed;

    /// <summary>Memory taken outside the managed heap.</summary>
    public long NativeBytes => (long)_stored.Capacity + _plain.Capacity + (_decompressor?.NativeBytes ?? 0);

    public async ValueTask ReadAsync(DeltaReader reader, int length, bool compressed, CancellationToken cancellationToken)
    {
        _compressed = compressed;
        Offset = reader.Offset;
        _stored.Resize(length);
        await reader.ReadExactlyAsync(_stored.Memory, $"the {kind} section", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Decodes a compressed section: its plain size as a varint, then what the compressor wrote.</summary>
    /// <param name="compressorId">The secondary compressor that the header names, if any.</param>
    /// <param name="usable">The most bytes that the window can use; what expands to more is not even decoded.</param>
    /// <param name="limits">The caller's.</param>
    /// <param name="window">For error messages.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Decompress(byte? compressorId, long usable, VcdiffLimits limits, int window, CancellationToken cancellationToken)
    {
        if (!_compressed)
        {
            PassPlain(compressorId, limits, window, cancellationToken);
            return;
        }
        if (compressorId is not { } id)
            throw Error(VcdiffError.Malformed, "is compressed, but the header names no secondary compressor", window);
        _decompressor ??= SecondaryCompressor.CreateDecompressor(id, limits)
            ?? throw Error(VcdiffError.UnsupportedSecondaryCompressor,
                $"is compressed with secondary compressor {id} ({SecondaryCompressor.NameOf(id)}), which is not supported", window);

        var stored = _stored.Span;
        long size = 0;
        int digits = 0, at = 0;
        for (var complete = false; !complete; at++)
        {
            if (at == stored.Length) throw Error(VcdiffError.Malformed, "ends within its plain size", window);
            if (!Varint.TryAppend(ref size, ref digits, stored[at], out complete))
                throw Error(VcdiffError.InvalidInteger, "has a plain size that is too large or padded", window);
        }
        if (size > limits.MaxSectionBytes)
            throw Error(VcdiffError.LimitExceeded, $"expands to {size} bytes; the limit is {limits.MaxSectionBytes}", window);
        if (size > usable)
            throw Error(VcdiffError.Malformed, $"expands to {size} bytes; the window can use {usable} at most", window);
        _plain.Resize((int)size);
        try
        {
            _decompressor.Decompress(stored[at..], _plain.Span, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw Error(VcdiffError.Malformed, $"cannot be decompressed: {exception.Message}", window, exception);
        }
    }

    public void Dispose()
    {
        _stored.Dispose();
        _plain.Dispose();
        _decompressor?.Dispose();
    }

    private void PassPlain(byte? compressorId, VcdiffLimits limits, int window, CancellationToken cancellationToken)
    {
        // Only FGK needs it. An unknown compressor is no error as long as nothing is compressed with it.
        if (compressorId != SecondaryCompressor.Fgk) return;
        _decompressor ??= SecondaryCompressor.CreateDecompressor(SecondaryCompressor.Fgk, limits)!;
        try
        {
            _decompressor.PassPlain(_stored.Span, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw Error(VcdiffError.Malformed, $"cannot be learned from: {exception.Message}", window, exception);
        }
    }

    private VcdiffException Error(VcdiffError error, string what, int window, Exception? inner = null) =>
        new(error, $"The {kind} section {what}.", Offset, window, inner);
}
