using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>A few bytes that are in memory anyway.</summary>
/// <param name="bytes">The bytes.</param>
internal sealed class MemoryContent(byte[] bytes) : IContent
{
    public long Length => bytes.Length;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => ValueTask.FromResult<Stream>(new MemoryStream(bytes, writable: false));
}
