using DeltaGlider.Vcdiff.Format;
using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Writes the delta, its windows in order. What a window needs to know of those before it is decided here: whether a
/// kind of section has had its stream's header.
/// </summary>
internal sealed class DeltaWriter(VcdiffEncoderOptions options, Stream delta) : IDisposable
{
    private readonly NativeBuffer _header = new();

    /// <summary>What precedes the chunks of a compressed section: its plain length, the first time the stream's header.</summary>
    private readonly NativeBuffer[] _prefixes = [new(), new(), new()];
    private readonly bool[] _started = new bool[3];

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
        var compressed = DecideCompressed(window);
        WriteHeader(window, compressed);
        await WriteAsync(_header, cancellationToken).ConfigureAwait(false);
        foreach (var section in window.Sections)
        {
            if (!IsIn(compressed, section))
            {
                await WriteAsync(section.Plain, cancellationToken).ConfigureAwait(false);
                continue;
            }
            await WriteAsync(_prefixes[(int)section.Kind], cancellationToken).ConfigureAwait(false);
            await WriteAsync(section.Compressed, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _header.Dispose();
        foreach (var prefix in _prefixes) prefix.Dispose();
    }

    /// <summary>The Delta_Indicator: the first compressed section of its kind has to make up for the stream's header, too.</summary>
    private byte DecideCompressed(WindowEncoder window)
    {
        byte compressed = 0;
        foreach (var section in window.Sections)
        {
            if (!section.IsCompressed) continue;
            var prefix = _prefixes[(int)section.Kind];
            prefix.Length = 0;
            prefix.AppendVarint(section.Plain.Length);
            if (!_started[(int)section.Kind]) section.WriteStreamHeader(prefix);
            if (prefix.Length + section.Compressed.Length >= section.Plain.Length) continue;
            _started[(int)section.Kind] = true;
            compressed |= (byte)(1 << (int)section.Kind);
        }
        return compressed;
    }

    private void WriteHeader(WindowEncoder window, byte compressed)
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
        foreach (var section in window.Sections) rest += Varint.Length(Stored(section, compressed)) + (long)Stored(section, compressed);
        _header.AppendVarint(rest);
        _header.AppendVarint(window.Target.Length);
        _header.Append(compressed);
        foreach (var section in window.Sections) _header.AppendVarint(Stored(section, compressed));
        if (!options.Checksum) return;
        for (var shift = 24; shift >= 0; shift -= 8) _header.Append((byte)(window.Checksum >> shift));
    }

    private int Stored(WindowSection section, byte compressed) =>
        IsIn(compressed, section) ? _prefixes[(int)section.Kind].Length + section.Compressed.Length : section.Plain.Length;

    private static bool IsIn(byte compressed, WindowSection section) => (compressed >> (int)section.Kind & 1) != 0;

    private async ValueTask WriteAsync(NativeBuffer buffer, CancellationToken cancellationToken)
    {
        if (buffer.Length == 0) return;
        await delta.WriteAsync(buffer.Memory, cancellationToken).ConfigureAwait(false);
        Written += buffer.Length;
    }
}
