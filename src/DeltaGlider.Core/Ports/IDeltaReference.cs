namespace DeltaGlider.Core.Ports;

/// <summary>
/// A reference in memory, indexed once and used for any number of files, from several threads at once. Its bytes never
/// touch the disk.
/// </summary>
public interface IDeltaReference : IDisposable
{
    /// <summary>How many bytes it has.</summary>
    long Length { get; }

    /// <summary>Reads the reference's own bytes; the stream is seekable.</summary>
    Stream OpenRead();

    /// <summary>Writes the delta that turns the reference into <paramref name="target"/>; same bytes in, same bytes out.</summary>
    ValueTask EncodeAsync(Stream target, Stream delta, CancellationToken cancellationToken);

    /// <summary>Applies a delta. Never writes more than <paramref name="maxTargetBytes"/> bytes.</summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.DeltaUndecodable"/>, saying where in the
    /// delta and why, for anything that is not a delta of this reference.</exception>
    ValueTask DecodeAsync(Stream delta, Stream target, long maxTargetBytes, CancellationToken cancellationToken);
}
