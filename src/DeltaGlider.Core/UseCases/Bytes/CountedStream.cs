namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>Passes bytes through, either way, and counts them. Does not own the inner stream.</summary>
internal class CountedStream : Stream
{
    private readonly Stream _inner;
    private readonly Action<long>? _onBytes;

    /// <param name="inner">Where bytes come from or go to.</param>
    /// <param name="onBytes">Told of the count so far after each read or write.</param>
    public CountedStream(Stream inner, Action<long>? onBytes = null)
    {
        _inner = inner;
        _onBytes = onBytes;
    }

    /// <summary>How many bytes have passed.</summary>
    public long Count { get; private set; }

    public override bool CanRead => _inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => _inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Count; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var read = _inner.Read(buffer);
        Take(buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Take(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _inner.Write(buffer);
        Take(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        Take(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => _inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Sees what passes.</summary>
    protected virtual void Take(ReadOnlySpan<byte> bytes)
    {
        Count += bytes.Length;
        if (bytes.Length > 0) _onBytes?.Invoke(Count);
    }
}
