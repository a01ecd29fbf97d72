using DeltaGlider.Core.Ports;
using DeltaGlider.Deep;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Adapters.Codec;

/// <summary>A reference in unmanaged memory, with the index over it that the first encode builds.</summary>
internal sealed class VcdiffReference : IDeltaReference
{
    // Each thread beyond the first takes the memory of a window and its tables.
    private const int MaxThreads = 4;

    // Beside the reference.
    private const long MaxDeepMemory = 640L << 20;
    private const long MinDeepMemory = 64L << 20;

    // The index over a reference takes a quarter of its size.
    private const long IndexShare = 4;

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

    public ValueTask EncodeAsync(Stream target, Stream delta, CancellationToken cancellationToken) =>
        // A version is about as large as its reference: one of a single window has no work for a second thread.
        OnProcessorsAsync(Length / VcdiffEncoderOptions.MaxWindowSize, degree => _encoder.EncodeAsync(target, delta, degree, cancellationToken).AsTask(), cancellationToken);

    public async ValueTask<bool> EncodeDeepAsync(IContent target, Stream delta, double maxShareOfPlain, Action<double>? report, CancellationToken cancellationToken)
    {
        using var bytes = await TargetBytes.LoadAsync(target, cancellationToken).ConfigureAwait(false);
        var isDeep = false;
        await OnProcessorsAsync(
            MaxThreads,
            async degree =>
            {
                var options = new DeepOptions
                {
                    MaxShareOfPlain = maxShareOfPlain, DegreeOfParallelism = degree, MaxMemoryBytes = MemoryForDeep(bytes), Proves = false,
                };
                isDeep = (await new DeepEncoder(_source, _encoder, options).EncodeAsync(bytes.Buffer, delta, report, cancellationToken).ConfigureAwait(false)).IsDeep;
            },
            cancellationToken).ConfigureAwait(false);
        return isDeep;
    }

    public async ValueTask DecodeDeepAsync(Stream delta, Stream target, long maxTargetBytes, CancellationToken cancellationToken)
    {
        try
        {
            var decoder = new DeepDecoder(_source, DeepLimits.Default with { MaxTargetBytes = maxTargetBytes });
            await decoder.DecodeAsync(delta, target, cancellationToken).ConfigureAwait(false);
        }
        catch (DeepException e)
        {
            throw CodecErrors.Undecodable(e);
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

    /// <summary>What is left of the memory for one file when its bytes and the index over the reference have theirs.</summary>
    private long MemoryForDeep(TargetBytes target) => Math.Clamp(MaxDeepMemory - Length / IndexShare - target.MemoryBytes, MinDeepMemory, MaxDeepMemory);

    private async ValueTask OnProcessorsAsync(long most, Func<int, Task> work, CancellationToken cancellationToken)
    {
        var processors = new List<IDisposable> { await _gate.EnterProcessorAsync(cancellationToken).ConfigureAwait(false) };
        try
        {
            while (processors.Count < Math.Min(most, MaxThreads) && _gate.TryEnterProcessor() is { } further) processors.Add(further);
            await work(processors.Count).ConfigureAwait(false);
        }
        finally
        {
            foreach (var processor in processors) processor.Dispose();
        }
    }
}
