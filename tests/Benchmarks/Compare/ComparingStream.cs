namespace DeltaGlider.Benchmarks.Compare;

/// <summary>Takes what is written and compares it with what it should be, so that no third large file is needed.</summary>
internal sealed class ComparingStream(Stream expected) : Stream
{
    private readonly byte[] _buffer = new byte[1 << 16];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var part = _buffer.AsSpan(0, Math.Min(buffer.Length, _buffer.Length));
            expected.ReadExactly(part);
            if (!part.SequenceEqual(buffer[..part.Length])) throw new InvalidDataException($"What is decoded differs from the target before byte {expected.Position}.");
            buffer = buffer[part.Length..];
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public void ThrowIfNotAtEnd()
    {
        if (expected.ReadByte() >= 0) throw new InvalidDataException("What is decoded is shorter than the target.");
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
