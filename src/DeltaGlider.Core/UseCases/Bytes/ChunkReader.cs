namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>Reads a <see cref="DeltaBuffer"/>.</summary>
internal sealed class ChunkReader : Stream
{
    private readonly IReadOnlyList<byte[]> _chunks;
    private readonly int _chunkSize;
    private long _position;

    public ChunkReader(IReadOnlyList<byte[]> chunks, long length, int chunkSize)
    {
        _chunks = chunks;
        Length = length;
        _chunkSize = chunkSize;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= Length) return 0;
        var at = (int)(_position % _chunkSize);
        var count = (int)Math.Min(Math.Min(buffer.Length, _chunkSize - at), Length - _position);
        _chunks[(int)(_position / _chunkSize)].AsSpan(at, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
