using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// One run over one target: reads it window by window and writes the delta. Up to the degree of parallelism, windows
/// are encoded at the same time; they are written in order, and none depends on another.
/// </summary>
internal sealed class DeltaEncoding(
    SourceBuffer source, SharedIndex index, VcdiffEncoderOptions options, Stream target, Stream delta) : IDisposable
{
    private readonly EncoderTuning _tuning = EncoderTuning.For(options);
    private readonly DeltaWriter _writer = new(options, EncoderTuning.For(options), delta);
    private readonly List<WindowEncoder> _all = [];
    private readonly Stack<WindowEncoder> _idle = [];
    private readonly Queue<(WindowEncoder Window, Task Work)> _busy = [];
    private long _read, _copied, _repeated;

    public async ValueTask<VcdiffEncodeResult> RunAsync(CancellationToken cancellationToken)
    {
        await _writer.WriteFileHeaderAsync(cancellationToken).ConfigureAwait(false);
        var windows = 0;
        try
        {
            while (true)
            {
                var window = TakeIdle();
                // An empty target still gets a window: xdelta3 refuses a delta that has none.
                if (!await FillAsync(window.Target, cancellationToken).ConfigureAwait(false) && windows > 0) break;
                windows++;
                Start(window, cancellationToken);
                if (_busy.Count == options.DegreeOfParallelism) await FinishOneAsync(cancellationToken).ConfigureAwait(false);
            }
            while (_busy.Count > 0) await FinishOneAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Their buffers must not be freed under them.
            foreach (var (_, work) in _busy) await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        return new VcdiffEncodeResult
        {
            TargetBytes = _read,
            DeltaBytes = _writer.Written,
            Windows = windows,
            CopiedBytes = _copied,
            RepeatedBytes = _repeated,
            LiteralBytes = _read - _copied - _repeated,
        };
    }

    public void Dispose()
    {
        foreach (var window in _all) window.Dispose();
        _writer.Dispose();
    }

    private WindowEncoder TakeIdle()
    {
        if (_idle.TryPop(out var window)) return window;
        window = new WindowEncoder(source, index, _tuning);
        _all.Add(window);
        return window;
    }

    private void Start(WindowEncoder window, CancellationToken cancellationToken)
    {
        var position = _read;
        _read += window.Target.Length;
        // Megabytes of computing do not belong on the thread that asked for an asynchronous call.
        _busy.Enqueue((window, Task.Run(() => window.Encode(position, cancellationToken), cancellationToken)));
    }

    private async ValueTask FinishOneAsync(CancellationToken cancellationToken)
    {
        await _busy.Peek().Work.ConfigureAwait(false);
        var (window, _) = _busy.Dequeue();
        _copied += window.Copied;
        _repeated += window.Repeated;
        await _writer.WriteAsync(window, cancellationToken).ConfigureAwait(false);
        _idle.Push(window);
    }

    /// <summary>Fills the buffer as far as the target goes; false at its end.</summary>
    private async ValueTask<bool> FillAsync(NativeBuffer buffer, CancellationToken cancellationToken)
    {
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
}
