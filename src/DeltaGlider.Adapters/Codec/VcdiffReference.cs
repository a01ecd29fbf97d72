using DeltaGlider.Core.Ports;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Adapters.Codec;

/// <summary>A reference in unmanaged memory, with the index over it that the first encode builds.</summary>
internal sealed class VcdiffReference : IDeltaReference
{
    private readonly SourceBuffer _source;
    private readonly VcdiffEncoder _encoder;
    private readonly long _maxUnpackedBytes;

    public VcdiffReference(SourceBuffer source, long maxUnpackedBytes)
    {
        _source = source;
        _maxUnpackedBytes = maxUnpackedBytes;
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
            throw CodecErrors.Undecodable(e);
        }
    }

    public async ValueTask DecodeUnpackedAsync(IContent delta, Stream target, ExpectedContent original, CancellationToken cancellationToken)
    {
        try
        {
            await new UnpackedDelta(_source, delta, original, _maxUnpackedBytes).RestoreAsync(target, cancellationToken).ConfigureAwait(false);
        }
        catch (VcdiffException e)
        {
            throw CodecErrors.Undecodable(e);
        }
    }

    public void Dispose() => _source.Dispose();
}
