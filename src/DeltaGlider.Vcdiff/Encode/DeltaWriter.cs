using DeltaGlider.Vcdiff.Format;
using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>Compresses and writes the windows of a delta, in their order.</summary>
internal sealed class DeltaWriter(VcdiffEncoderOptions options, EncoderTuning tuning, Stream delta) : IDisposable
{
    private readonly NativeBuffer _header = new();

    private readonly SectionStream[] _streams =
    [
        new(SectionKind.Data, tuning.Data), new(SectionKind.Instructions, tuning.Instructions), new(SectionKind.Addresses, tuning.Addresses),
    ];

    /// <summary>Bytes written so far.</summary>
    public long Written { get; private set; }

    public async ValueTask WriteFileHeaderAsync(CancellationToken cancellationToken)
    {
        var application = options.ApplicationHeader;
        _header.Length = 0;
        _header.Append(DeltaHeader.Magic);
        _header.Append((byte)((options.SecondaryCompression ? DeltaHeader.HasSecondaryCompressor : 0)
            | (application.IsEmpty ? 0 : DeltaHeader.HasApplicationHeader)));
        // Named although no section may turn out to be compressed: that is not known before the last window.
        if (options.SecondaryCompression) _header.Append(SecondaryCompressor.Lzma);
        if (!application.IsEmpty)
        {
            _header.AppendVarint(application.Length);
            _header.Append(application.Span);
        }
        await WriteAsync(_header, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask WriteAsync(WindowEncoder window, CancellationToken cancellationToken)
    {
        if (options.DegreeOfParallelism > 1)
        {
            await Task.WhenAll(_streams.Zip(window.Sections, (stream, section) =>
                Task.Run(() => stream.Take(section, cancellationToken), CancellationToken.None))).ConfigureAwait(false);
        }
        else
        {
            await Task.Run(() => TakeAll(window, cancellationToken), CancellationToken.None).ConfigureAwait(false);
        }
        WriteHeader(window);
        await WriteAsync(_header, cancellationToken).ConfigureAwait(false);
        foreach (var stream in _streams)
        {
            var (first, second) = stream.Stored;
            await WriteAsync(first, cancellationToken).ConfigureAwait(false);
            if (second != null) await WriteAsync(second, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _header.Dispose();
        foreach (var stream in _streams) stream.Dispose();
    }

    private void TakeAll(WindowEncoder window, CancellationToken cancellationToken)
    {
        for (var kind = 0; kind < _streams.Length; kind++) _streams[kind].Take(window.Sections[kind], cancellationToken);
    }

    private void WriteHeader(WindowEncoder window)
    {
        var segment = window.Segment;
        _header.Length = 0;
        _header.Append((byte)((segment.Length > 0 ? DeltaHeader.SourceSegment : 0) | (options.Checksum ? DeltaHeader.Checksum : 0)));
        if (segment.Length > 0)
        {
            _header.AppendVarint(segment.Length);
            _header.AppendVarint(segment.Offset);
        }
        long rest = Varint.Length(window.Target.Length) + 1 + (options.Checksum ? 4 : 0);
        var compressed = 0;
        foreach (var stream in _streams)
        {
            rest += Varint.Length(stream.StoredLength) + (long)stream.StoredLength;
            compressed |= stream.IndicatorBit;
        }
        _header.AppendVarint(rest);
        _header.AppendVarint(window.Target.Length);
        _header.Append((byte)compressed);
        foreach (var stream in _streams) _header.AppendVarint(stream.StoredLength);
        if (!options.Checksum) return;
        for (var shift = 24; shift >= 0; shift -= 8) _header.Append((byte)(window.Checksum >> shift));
    }

    private async ValueTask WriteAsync(NativeBuffer buffer, CancellationToken cancellationToken)
    {
        if (buffer.Length == 0) return;
        await delta.WriteAsync(buffer.Memory, cancellationToken).ConfigureAwait(false);
        Written += buffer.Length;
    }
}
