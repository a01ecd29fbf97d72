namespace DeltaGlider.Core.Ports;

/// <summary>Makes and applies deltas.</summary>
public interface IDeltaCodec
{
    /// <summary>Reads a reference into memory. The stream must hold exactly <paramref name="length"/> bytes.</summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.TransferBroken"/> when the stream holds
    /// more or fewer bytes.</exception>
    ValueTask<IDeltaReference> LoadAsync(Stream reference, long length, CancellationToken cancellationToken);

    /// <summary>
    /// True when the bytes at a delta's start say that its writer unpacked the compressed file before the delta was made
    /// (xdelta3 without -D). Such a delta applies to unpacked bytes, and the original compression may be lost.
    /// </summary>
    bool IsOfUnpackedContent(ReadOnlySpan<byte> deltaStart);

    /// <summary>True when the bytes at a delta's start are those of a deep delta.</summary>
    bool IsDeep(ReadOnlySpan<byte> deltaStart);
}
