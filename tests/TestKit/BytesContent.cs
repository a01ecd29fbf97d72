using DeltaGlider.Core.Ports;

namespace DeltaGlider.TestKit;

/// <summary>Content from memory.</summary>
public sealed class BytesContent(ReadOnlyMemory<byte> bytes) : IContent
{
    public long Length => bytes.Length;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Stream>(new MemoryStream(bytes.ToArray(), writable: false));
    }
}
