using System.Buffers;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.S3;

/// <summary>
/// A large object's bytes in order, fetched in ranges of one version, several at once where lanes are free. One range is
/// always under way on the reader's own lane, so that it gets on without any other; no more than a few are in memory.
/// </summary>
/// <param name="description">The object.</param>
/// <param name="rangeSize">Bytes per range.</param>
/// <param name="gate">Where further lanes come from.</param>
/// <param name="open">Opens the bytes from the first position to before the second.</param>
internal sealed class RangedStream(StoredObject description, int rangeSize, TransferGate gate, Func<long, long, ResumingStream> open) : Stream
{
    // Beyond this a single connection is seldom the limit any more, and each costs its buffer.
    private const int MaxHeld = 4;

    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<Range> _ranges = new();
    private Task? _own;
    private long _position;
    private long _next;
    private int _closed;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => description.Size;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, this);
        if (buffer.IsEmpty || _position == description.Size) return 0;
        FetchAhead();
        var range = _ranges.Peek();
        await range.Fetched.WaitAsync(cancellationToken).ConfigureAwait(false);
        var count = range.Read(_position, buffer.Span);
        _position += count;
        if (_position == range.End) _ranges.Dequeue().Dispose();
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Cancels what is under way and waits for it.</summary>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _ = CloseAsync();
        base.Dispose(disposing);
    }

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (var range in _ranges)
        {
            await range.Fetched.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            range.Dispose();
        }

        // Nobody has asked for the first response's bytes yet, and nobody will.
        if (_next == 0) await open(0, rangeSize).DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private void FetchAhead()
    {
        while (_next < description.Size)
        {
            var ownIsFree = _own is null or { IsCompleted: true };
            // On its own lane it goes no further ahead than the range after the one being read.
            if (ownIsFree && _ranges.Count < 2) _own = Start(null);
            else if (_ranges.Count < MaxHeld && gate.TryEnter() is { } lane) Start(lane);
            else return;
        }
    }

    private Task Start(IDisposable? lane)
    {
        var end = Math.Min(description.Size, _next + rangeSize);
        var range = new Range(_next, end);
        _next = end;
        _ranges.Enqueue(range);
        return range.Fetched = FetchAsync(range, lane);
    }

    private async Task FetchAsync(Range range, IDisposable? lane)
    {
        try
        {
            var stream = open(range.Start, range.End);
            await using var closing = stream.ConfigureAwait(false);
            await stream.ReadExactlyAsync(range.Bytes, _stop.Token).ConfigureAwait(false);
        }
        finally
        {
            lane?.Dispose();
        }
    }

    private sealed class Range(long start, long end) : IDisposable
    {
        private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent((int)(end - start));

        public long Start => start;

        public long End => end;

        public Memory<byte> Bytes => _buffer.AsMemory(0, (int)(end - start));

        public Task Fetched { get; set; } = Task.CompletedTask;

        public int Read(long position, Span<byte> into)
        {
            var left = Bytes.Span[(int)(position - start)..];
            var count = Math.Min(left.Length, into.Length);
            left[..count].CopyTo(into);
            return count;
        }

        public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
    }
}
