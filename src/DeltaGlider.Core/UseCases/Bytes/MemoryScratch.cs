using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>A few bytes on their way, in pooled memory.</summary>
internal sealed class MemoryScratch : IScratchFile
{
    private readonly DeltaBuffer _buffer;

    /// <param name="limit">How many there may be.</param>
    public MemoryScratch(long limit) => _buffer = new DeltaBuffer(limit);

    public Stream Stream => _buffer;

    public long Length => _buffer.Length;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => _buffer.OpenAsync(cancellationToken);

    public ValueTask DisposeAsync() => _buffer.DisposeAsync();
}
