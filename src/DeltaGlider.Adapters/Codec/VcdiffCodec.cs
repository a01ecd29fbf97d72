using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Ports;
using DeltaGlider.Deep;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Adapters.Codec;

/// <summary>The codec port over this project's own VCDIFF codec and its deep deltas.</summary>
/// <param name="maxUnpackedBytes">The most bytes that a compressed file may unpack to, where a delta was made between
/// unpacked files. A reference's unpacked bytes are held in memory while it is used so.</param>
/// <param name="gate">What bounds the threads that make deltas; a gate of its own where none is given.</param>
public sealed class VcdiffCodec(long maxUnpackedBytes = VcdiffCodec.DefaultMaxUnpackedBytes, TransferGate? gate = null) : IDeltaCodec
{
    /// <summary>2 GiB.</summary>
    public const long DefaultMaxUnpackedBytes = 2L << 30;

    private readonly TransferGate _gate = gate ?? new TransferGate();

    /// <inheritdoc/>
    public async ValueTask<IDeltaReference> LoadAsync(Stream reference, long length, CancellationToken cancellationToken)
    {
        try
        {
            return new VcdiffReference(await SourceBuffer.ReadAsync(reference, length, cancellationToken).ConfigureAwait(false), maxUnpackedBytes, _gate);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new DeltaGliderException(ErrorKind.TransferBroken, "reference", $"A reference of {length} bytes could not be read whole: {e.Message}", e)
            {
                Safe = "Nothing was changed.",
                Advice = "Try again.",
            };
        }
    }

    /// <inheritdoc/>
    public bool IsOfUnpackedContent(ReadOnlySpan<byte> deltaStart) =>
        XdeltaFileNames.TryRead(deltaStart) is { IsOfUnpackedContent: true };

    /// <inheritdoc/>
    public bool IsDeep(ReadOnlySpan<byte> deltaStart) => DeepDecoder.IsDeep(deltaStart);
}
