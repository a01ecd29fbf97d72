using DeltaGlider.Core.Ports;

namespace DeltaGlider.TestKit;

/// <summary>Content that does something when so many bytes were read: fail, cancel, wait.</summary>
public sealed class ScriptedContent(ReadOnlyMemory<byte> bytes, long at, Func<CancellationToken, ValueTask> action) : IContent
{
    public long Length => bytes.Length;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream>(new ScriptedStream(new MemoryStream(bytes.ToArray(), writable: false), at, action));

    private sealed class ScriptedStream(MemoryStream inner, long at, Func<CancellationToken, ValueTask> action) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (inner.Position >= at) await action(cancellationToken);
            var room = inner.Position < at ? (int)Math.Min(buffer.Length, at - inner.Position) : buffer.Length;
            return await inner.ReadAsync(buffer[..room], cancellationToken);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
