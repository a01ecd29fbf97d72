using DeltaGlider.Core.Ports;

namespace DeltaGlider.TestKit;

/// <summary>Content that breaks its promise: it has fewer bytes than it says.</summary>
public sealed class ShortContent(byte[] bytes, long announced) : IContent
{
    public long Length => announced;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => ValueTask.FromResult<Stream>(new MemoryStream(bytes, writable: false));
}
