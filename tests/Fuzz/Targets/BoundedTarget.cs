using DeltaGlider.Fuzz.Run;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Fuzz.Targets;

/// <summary>A target stream that counts as found what goes beyond the limits. It may be one that cannot be read back.</summary>
internal sealed class BoundedTarget(VcdiffLimits limits) : Stream
{
    private readonly byte[] _bytes = new byte[limits.MaxTargetBytes];
    private long _read;
    private int _position;
    private bool _readable;

    public int Written { get; private set; }

    public override bool CanRead => _readable;

    public override bool CanSeek => _readable;

    public override bool CanWrite => true;

    public override long Length => Written;

    public override long Position
    {
        get => _position;
        set => _position = checked((int)value);
    }

    public void Restart(bool readable)
    {
        _position = Written = 0;
        _read = 0;
        _readable = readable;
    }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Written);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > _bytes.Length - _position) throw new FindException("More is written than the limit allows.");
        buffer.CopyTo(_bytes.AsSpan(_position));
        _position += buffer.Length;
        Written = Math.Max(Written, _position);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, Written - _position);
        _bytes.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        _read += count;
        if (buffer.Length > limits.MaxHistoryBytes || _read > limits.MaxTotalHistoryBytes) throw new FindException("More is read back than the limits allow.");
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
