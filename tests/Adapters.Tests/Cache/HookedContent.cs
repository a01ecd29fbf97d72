using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Tests.Cache;

/// <summary>Content that does something before each read of a piece.</summary>
internal sealed class HookedContent(byte[] bytes, Action<long> beforeRead) : IContent
{
    public long Length => bytes.Length;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => new(new HookedStream(bytes, beforeRead));

    private sealed class HookedStream(byte[] bytes, Action<long> beforeRead) : MemoryStream(bytes, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            beforeRead(Position);
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
