using DeltaGlider.Core.Ports;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Adapters.Codec;

/// <summary>A reference in unmanaged memory, with the index over it that the first encode builds.</summary>
internal sealed class VcdiffReference : IDeltaReference
{
    // Each thread beyond the first takes the memory of a window and its tables.
    private const int MaxThreads = 4;

    private readonly SourceBuffer _source;
    private readonly VcdiffEncoder _encoder;
    private readonly long _maxUnpackedBytes;
    private readonly TransferGate _gate;

    public VcdiffReference(SourceBuffer source, long maxUnpackedBytes, TransferGate gate)
    {
        _source = source;
        _maxUnpackedBytes = maxUnpackedBytes;
        _gate = gate;
        _encoder = new VcdiffEncoder(source);
    }

    public long Length => _source.Length;

    public Stream OpenRead() => _source.OpenRead();

    public async ValueTask EncodeAsync(Stream target, Stream delta, CancellationToken cancellationToken)
    {
        var processors = new List<IDisposable> { await _gate.EnterProcessorAsync(cancellationToken).ConfigureAwait(false) };
        try
        {
            // A version is about as large as its reference: one of a single window has no work for a second thread.
            var windows = Length / VcdiffEncoderOptions.MaxWindowSize;
            while (processors.Count < Math.Min(windows, MaxThreads) && _gate.TryEnterProcessor() is { } further) processors.Add(further);
            await _encoder.EncodeAsync(target, delta, processors.Count, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var processor in processors) processor.Dispose();
        }
    }

    public async ValueTask<bool> DecodeAsync(Stream delta, Stream target, long maxTargetBytes, CancellationToken cancellationToken)
    {
        try
        {
            var decoder = new VcdiffDecoder(_source, VcdiffLimits.Default with { MaxTargetBytes = maxTargetBytes });
            var decoded = await decoder.DecodeAsync(delta, target, cancellationToken).ConfigureAwait(false);
            return decoded.Windows > 0 && decoded.VerifiedWindows == decoded.Windows;
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
