using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Ports;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Adapters.Codec;

/// <summary>The codec port over this project's own VCDIFF codec.</summary>
public sealed class VcdiffCodec : IDeltaCodec
{
    /// <inheritdoc/>
    public async ValueTask<IDeltaReference> LoadAsync(Stream reference, long length, CancellationToken cancellationToken)
    {
        try
        {
            return new VcdiffReference(await SourceBuffer.ReadAsync(reference, length, cancellationToken).ConfigureAwait(false));
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
        XdeltaFileNames.TryRead(deltaStart) is { } names && (names.TargetWasUnpacked || names.SourceWasUnpacked);
}
