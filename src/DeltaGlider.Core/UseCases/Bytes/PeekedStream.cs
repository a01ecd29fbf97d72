namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>A stream of which the first bytes were read already, to look at them: they come first again.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _inner;
    private ReadOnlyMemory<byte> _peeked;

    private PeekedStream(Stream inner, ReadOnlyMemory<byte> peeked)
    {
        _inner = inner;
        _peeked = peeked;
        Start = peeked;
    }

    /// <summary>The first bytes: as many as were asked for, or all there are.</summary>
    public ReadOnlyMemory<byte> Start { get; }

    /// <summary>Reads the first <paramref name="count"/> bytes of a stream, which stays its owner's.</summary>
    public static async ValueTask<PeekedStream> OpenAsync(Stream inner, int count, CancellationToken cancellationToken)
    {
        var start = new byte[count];
        var read = await inner.ReadAtLeastAsync(start, count, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return new PeekedStream(inner, start.AsMemory(0, read));
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer) => _peeked.IsEmpty ? _inner.Read(buffer) : TakePeeked(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _peeked.IsEmpty ? _inner.ReadAsync(buffer, cancellationToken) : ValueTask.FromResult(TakePeeked(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int TakePeeked(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _peeked.Length);
        _peeked.Span[..count].CopyTo(buffer);
        _peeked = _peeked[count..];
        return count;
    }
}
