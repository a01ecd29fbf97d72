using System.Buffers;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>
/// A delta between its encoding and its upload: in memory, in pooled chunks, never more than a limit, because a delta
/// over the limit is thrown away anyway.
/// </summary>
internal sealed class DeltaBuffer : Stream, IContent
{
    // Below the large object heap's threshold of 85,000 bytes.
    private const int ChunkSize = 64 * 1024;

    private readonly List<byte[]> _chunks = [];
    private readonly long _limit;
    private long _length;

    /// <param name="limit">Going over it throws <see cref="DeltaTooLargeException"/>.</param>
    public DeltaBuffer(long limit) => _limit = limit;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => ValueTask.FromResult<Stream>(new ChunkReader(_chunks, _length, ChunkSize));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_length + buffer.Length > _limit) throw new DeltaTooLargeException();
        while (!buffer.IsEmpty)
        {
            var at = (int)(_length % ChunkSize);
            if (at == 0) _chunks.Add(ArrayPool<byte>.Shared.Rent(ChunkSize));
            var count = Math.Min(buffer.Length, ChunkSize - at);
            buffer[..count].CopyTo(_chunks[^1].AsSpan(at));
            buffer = buffer[count..];
            _length += count;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        foreach (var chunk in _chunks)
            ArrayPool<byte>.Shared.Return(chunk);
        _chunks.Clear();
        base.Dispose(disposing);
    }
}
