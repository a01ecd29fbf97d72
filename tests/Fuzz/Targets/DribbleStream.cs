namespace DeltaGlider.Fuzz.Targets;

/// <summary>Hands out bytes a few at a time, as a network does.</summary>
internal sealed class DribbleStream(byte[] bytes, int chunk) : MemoryStream(bytes, writable: false)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer.Length > chunk ? buffer[..chunk] : buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));
}
