using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Decode;

/// <summary>
/// Earlier output for VCD_TARGET windows (RFC 3284 section 4.2), read back from the target stream itself. No
/// encoder in use writes such windows, so nothing is kept for them.
/// </summary>
internal sealed class TargetHistory(Stream target) : IDisposable
{
    private readonly long _start = target.CanSeek ? target.Position : 0;
    private readonly NativeBuffer _bytes = new();
    private long _read;

    /// <summary>Memory taken outside the managed heap.</summary>
    public long NativeBytes => _bytes.Capacity;

    /// <summary>Reads a stretch of what was written so far.</summary>
    public async ValueTask<NativeBuffer> ReadAsync(
        WindowHeader window, long written, VcdiffLimits limits, DeltaReader reader, CancellationToken cancellationToken)
    {
        if (window.SegmentOffset > written || window.SegmentLength > written - window.SegmentOffset)
            throw reader.Error(VcdiffError.Malformed,
                $"The segment of {window.SegmentLength} bytes at {window.SegmentOffset} leaves the {written} bytes decoded so far.");
        if (window.SegmentLength > limits.MaxHistoryBytes)
            throw reader.Error(VcdiffError.LimitExceeded,
                $"The delta asks for {window.SegmentLength} bytes of its own output; the limit is {limits.MaxHistoryBytes}.");
        if (window.SegmentLength > limits.MaxTotalHistoryBytes - _read)
            throw reader.Error(VcdiffError.LimitExceeded,
                $"The delta asks for more than {limits.MaxTotalHistoryBytes} bytes of its own output in all.");
        if (!target.CanRead || !target.CanSeek)
            throw reader.Error(VcdiffError.UnsupportedFeature,
                "The delta copies from its own earlier output (VCD_TARGET), which needs a target stream that can be read back.");

        _read += window.SegmentLength;
        _bytes.Resize((int)window.SegmentLength);
        var end = target.Position;
        target.Position = _start + window.SegmentOffset;
        await target.ReadExactlyAsync(_bytes.Memory, cancellationToken).ConfigureAwait(false);
        target.Position = end;
        return _bytes;
    }

    public void Dispose() => _bytes.Dispose();
}
