using DeltaGlider.Vcdiff.Checksum;
using DeltaGlider.Vcdiff.Format;
using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary;

namespace DeltaGlider.Vcdiff.Decode;

/// <summary>One run over one delta: the state from window to window.</summary>
internal sealed class DeltaDecoding(SourceBuffer source, VcdiffLimits limits, Stream delta, Stream target) : IDisposable
{
    private readonly DeltaReader _reader = new(delta, limits.MaxDeltaBytes);
    private readonly Section _data = new(SectionKind.Data);
    private readonly Section _instructions = new(SectionKind.Instructions);
    private readonly Section _addresses = new(SectionKind.Addresses);
    private readonly AddressCache _cache = new();
    private readonly NativeBuffer _window = new();
    private readonly TargetHistory _history = new(target);
    private long _written;
    private int _verified;

    /// <summary>Memory taken outside the managed heap, which only grows until the run is disposed.</summary>
    public long NativeBytes =>
        _data.NativeBytes + _instructions.NativeBytes + _addresses.NativeBytes + _window.Capacity + _history.NativeBytes;

    public async ValueTask<VcdiffDecodeResult> RunAsync(CancellationToken cancellationToken)
    {
        var header = await FileHeader.ReadAsync(_reader, limits, cancellationToken).ConfigureAwait(false);
        var windows = 0;
        while (!await _reader.IsAtEndAsync(cancellationToken).ConfigureAwait(false))
        {
            _reader.Window = windows++;
            await DecodeWindowAsync(header, cancellationToken).ConfigureAwait(false);
        }
        // Every encoder writes a window even for an empty target, so a bare header is a delta cut short.
        if (windows == 0) throw _reader.Error(VcdiffError.Truncated, "The delta has a header and no window.");
        return new VcdiffDecodeResult
        {
            TargetBytes = _written,
            DeltaBytes = _reader.Offset,
            Windows = windows,
            VerifiedWindows = _verified,
            // Typed, because a bare null would become an empty memory by way of byte[].
            ApplicationHeader = header.ApplicationHeader is { } bytes ? bytes : (ReadOnlyMemory<byte>?)null,
        };
    }

    public void Dispose()
    {
        _reader.Dispose();
        _data.Dispose();
        _instructions.Dispose();
        _addresses.Dispose();
        _window.Dispose();
        _history.Dispose();
    }

    private async ValueTask DecodeWindowAsync(FileHeader header, CancellationToken cancellationToken)
    {
        var window = await WindowHeader.ReadAsync(_reader, limits, cancellationToken).ConfigureAwait(false);
        if (window.TargetLength > limits.MaxTargetBytes - _written)
            throw _reader.Error(VcdiffError.LimitExceeded, $"The delta decodes to more than the limit of {limits.MaxTargetBytes} bytes.");
        NativeBuffer? history = null;
        if (window.FromTarget)
            history = await _history.ReadAsync(window, _written, limits, _reader, cancellationToken).ConfigureAwait(false);
        else if (window.SegmentOffset > source.Length || window.SegmentLength > source.Length - window.SegmentOffset)
            throw _reader.Error(VcdiffError.SourceOutOfRange,
                $"The segment of {window.SegmentLength} bytes at {window.SegmentOffset} leaves the reference of {source.Length} bytes.");

        await _data.ReadAsync(_reader, window.DataLength, (window.CompressedSections & 1) != 0, cancellationToken).ConfigureAwait(false);
        await _instructions.ReadAsync(_reader, window.InstructionsLength, (window.CompressedSections & 2) != 0, cancellationToken).ConfigureAwait(false);
        await _addresses.ReadAsync(_reader, window.AddressesLength, (window.CompressedSections & 4) != 0, cancellationToken).ConfigureAwait(false);

        Execute(header, window, history, cancellationToken);
        await target.WriteAsync(_window.Memory, cancellationToken).ConfigureAwait(false);
        _written += window.TargetLength;
    }

    private unsafe void Execute(FileHeader header, WindowHeader window, NativeBuffer? history, CancellationToken cancellationToken)
    {
        _data.Decompress(header.SecondaryId, window.Usable(SectionKind.Data), limits, _reader.Window, cancellationToken);
        _instructions.Decompress(header.SecondaryId, window.Usable(SectionKind.Instructions), limits, _reader.Window, cancellationToken);
        _addresses.Decompress(header.SecondaryId, window.Usable(SectionKind.Addresses), limits, _reader.Window, cancellationToken);

        _window.Resize(window.TargetLength);
        var segment = history != null ? history.Pointer : source.Pointer + window.SegmentOffset;
        new WindowExecutor(
            segment, window.SegmentLength, _window.Pointer, window.TargetLength,
            new SectionCursor(_data, _reader.Window), new SectionCursor(_instructions, _reader.Window),
            new SectionCursor(_addresses, _reader.Window), _cache).Run(cancellationToken);

        if (window.Checksum is not { } expected) return;
        var actual = Adler32.Compute(_window.Span);
        if (actual != expected)
            throw _reader.Error(VcdiffError.ChecksumMismatch,
                $"The window decodes to bytes with Adler-32 {actual:x8} instead of {expected:x8}.");
        _verified++;
    }
}
