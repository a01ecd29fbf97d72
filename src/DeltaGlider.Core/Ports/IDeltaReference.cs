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

    /// <summary>
    /// Writes a deep delta where it is worth it, else the same delta as <see cref="EncodeAsync"/>. Nothing is written before
    /// that is known. Whether it comes back is for the caller to prove.
    /// </summary>
    /// <param name="target">The file.</param>
    /// <param name="delta">Where the delta goes.</param>
    /// <param name="maxShareOfPlain">A deep delta of more than this share of the plain one is not worth it. 0 to 1.</param>
    /// <param name="report">Is told which share of the work is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends the encode.</param>
    /// <returns>True for a deep delta.</returns>
    ValueTask<bool> EncodeDeepAsync(IContent target, Stream delta, double maxShareOfPlain, Action<double>? report, CancellationToken cancellationToken);

    /// <summary>Applies a delta of which <see cref="IDeltaCodec.IsDeep"/> is true, as <see cref="DecodeAsync"/> does others.</summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.DeltaUndecodable"/> as there.</exception>
    ValueTask DecodeDeepAsync(Stream delta, Stream target, long maxTargetBytes, CancellationToken cancellationToken);

    /// <summary>Applies a delta. Never writes more than <paramref name="maxTargetBytes"/> bytes.</summary>
    /// <returns>
    /// True when the delta itself vouches for every byte: each of its windows has a checksum of what it decodes to, and that
    /// was right. It tells a wrong reference for certain enough, and stands for no SHA-256.
    /// </returns>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.DeltaUndecodable"/>, saying where in the
    /// delta and why, for anything that is not a delta of this reference.</exception>
    ValueTask<bool> DecodeAsync(Stream delta, Stream target, long maxTargetBytes, CancellationToken cancellationToken);

    /// <summary>
    /// Applies a delta of which <see cref="IDeltaCodec.IsOfUnpackedContent"/> is true: to the reference's unpacked bytes,
    /// and packs the result again. How the original was packed is not in the delta, so that every way is tried that may
    /// have been it, and the one with the SHA-256 of <paramref name="original"/> is written; until it is found, nothing is.
    /// </summary>
    /// <param name="delta">The delta, which may be opened several times.</param>
    /// <param name="target">Where the original goes.</param>
    /// <param name="original">What the original is known by.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.OriginalCompressionLost"/>, saying what stands
    /// in the way, when no way gives the original; <see cref="Errors.ErrorKind.DeltaUndecodable"/> as above.</exception>
    ValueTask DecodeUnpackedAsync(IContent delta, Stream target, ExpectedContent original, CancellationToken cancellationToken);
}
