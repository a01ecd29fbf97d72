using DeltaGlider.Vcdiff.Format;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>One run over one target: reads it window by window and writes the delta.</summary>
internal sealed class DeltaEncoding(
    SourceBuffer source, Func<CancellationToken, SourceIndex> getIndex, VcdiffEncoderOptions options, Stream target, Stream delta) : IDisposable
{
    private readonly WindowEncoder _window = new(source, getIndex, options);
    private long _read, _written, _copied, _repeated;

    public async ValueTask<VcdiffEncodeResult> RunAsync(CancellationToken cancellationToken)
    {
        await WriteFileHeaderAsync(cancellationToken).ConfigureAwait(false);
        var windows = 0;
        // An empty target still gets a window: xdelta3 refuses a delta that has none.
        while (await FillAsync(cancellationToken).ConfigureAwait(false) || windows == 0)
        {
            var position = _read;
            // Megabytes of computing do not belong on the thread that asked for an asynchronous call.
            await Task.Run(() => _window.Encode(position, cancellationToken), cancellationToken).ConfigureAwait(false);
            windows++;
            _read += _window.Target.Length;
            _copied += _window.Copied;
            _repeated += _window.Repeated;
            await WriteAsync(_window.Header, cancellationToken).ConfigureAwait(false);
            foreach (var section in _window.Sections) await WriteAsync(section, cancellationToken).ConfigureAwait(false);
        }
        return new VcdiffEncodeResult
        {
            TargetBytes = _read,
            DeltaBytes = _written,
            Windows = windows,
            CopiedBytes = _copied,
            RepeatedBytes = _repeated,
            LiteralBytes = _read - _copied - _repeated,
        };
    }

    public void Dispose() => _window.Dispose();

    private async ValueTask WriteFileHeaderAsync(CancellationToken cancellationToken)
    {
        using var header = new NativeBuffer();
        header.Append(DeltaHeader.Magic);
        var application = options.ApplicationHeader;
        header.Append(application.IsEmpty ? (byte)0 : DeltaHeader.HasApplicationHeader);
        if (!application.IsEmpty)
        {
            header.AppendVarint(application.Length);
            header.Append(application.Span);
        }
        await WriteAsync(header, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fills the window as far as the target goes; false at its end.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        var buffer = _window.Target;
        buffer.Resize(options.WindowSize);
        var filled = 0;
        while (filled < options.WindowSize)
        {
            var read = await target.ReadAsync(buffer.Memory[filled..], cancellationToken).ConfigureAwait(false);
            if (read == 0) break;
            filled += read;
        }
        buffer.Length = filled;
        return filled > 0;
    }

    private async ValueTask WriteAsync(NativeBuffer buffer, CancellationToken cancellationToken)
    {
        if (buffer.Length == 0) return;
        await delta.WriteAsync(buffer.Memory, cancellationToken).ConfigureAwait(false);
        _written += buffer.Length;
    }
}
