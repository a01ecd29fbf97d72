using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Ports;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Adapters.Codec;

/// <summary>A reference in unmanaged memory, with the index over it that the first encode builds.</summary>
internal sealed class VcdiffReference : IDeltaReference
{
    private readonly SourceBuffer _source;
    private readonly VcdiffEncoder _encoder;

    public VcdiffReference(SourceBuffer source)
    {
        _source = source;
        _encoder = new VcdiffEncoder(source);
    }

    public long Length => _source.Length;

    public Stream OpenRead() => _source.OpenRead();

    public async ValueTask EncodeAsync(Stream target, Stream delta, CancellationToken cancellationToken) =>
        await _encoder.EncodeAsync(target, delta, cancellationToken).ConfigureAwait(false);

    public async ValueTask DecodeAsync(Stream delta, Stream target, long maxTargetBytes, CancellationToken cancellationToken)
    {
        try
        {
            var decoder = new VcdiffDecoder(_source, VcdiffLimits.Default with { MaxTargetBytes = maxTargetBytes });
            await decoder.DecodeAsync(delta, target, cancellationToken).ConfigureAwait(false);
        }
        catch (VcdiffException e)
        {
            throw new DeltaGliderException(ErrorKind.DeltaUndecodable, "delta", e.Message, e);
        }
    }

    public void Dispose() => _source.Dispose();
}
