using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>
/// Keeps the bytes of references, by their SHA-256, longer than an <see cref="IReferenceCache"/> holds them in memory:
/// between the commands of a session, or between processes. What it keeps can be had from the bucket again, so it may
/// lose anything at any time, and what it says is checked by whoever asks. Several threads use it at once.
/// </summary>
/// <remarks>It keeps nothing readable: bytes are encrypted before they leave memory that is this process's own.</remarks>
public interface IReferenceStorage : IDisposable
{
    /// <summary>Opens a reference's bytes to be read once, from start to end; null when they are not kept.</summary>
    /// <exception cref="InvalidDataException">What is kept is not what was stored: damaged, cut short, or under another
    /// key. The stream throws it too, at the latest with the byte after the last: bytes from it are never wrong ones.
    /// Whoever sees it calls <see cref="Forget"/>.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    ValueTask<KeptReference?> OpenAsync(Sha256Digest sha256, CancellationToken cancellationToken);

    /// <summary>
    /// Offers a reference's bytes, whose SHA-256 the caller has checked. They are kept whole or not at all, and the
    /// storage may decline silently (no room, kept already). A read that follows sees them or nothing, also in
    /// another process.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    ValueTask StoreAsync(Sha256Digest sha256, IContent content, CancellationToken cancellationToken);

    /// <summary>Gives up what is kept under this SHA-256, if anything is. Streams that are open go on.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be removed.</exception>
    void Forget(Sha256Digest sha256);
}
