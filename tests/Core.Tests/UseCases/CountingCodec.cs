using DeltaGlider.Adapters.Codec;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>The real codec, which counts the references that it was given: each of them is indexed once at the most.</summary>
internal sealed class CountingCodec : IDeltaCodec
{
    private readonly VcdiffCodec _codec = new();
    private int _loaded;

    public int Loaded => Volatile.Read(ref _loaded);

    public ValueTask<IDeltaReference> LoadAsync(Stream reference, long length, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loaded);
        return _codec.LoadAsync(reference, length, cancellationToken);
    }

    public bool IsOfUnpackedContent(ReadOnlySpan<byte> deltaStart) => _codec.IsOfUnpackedContent(deltaStart);

    public bool IsDeep(ReadOnlySpan<byte> deltaStart) => _codec.IsDeep(deltaStart);
}
