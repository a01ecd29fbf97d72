using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Cache;

/// <summary>A storage of the process as a command uses it: it stays when the command ends.</summary>
internal sealed class BorrowedStorage(IReferenceStorage inner) : IReferenceStorage
{
    /// <inheritdoc/>
    public ValueTask<KeptReference?> OpenAsync(Sha256Digest sha256, CancellationToken cancellationToken) => inner.OpenAsync(sha256, cancellationToken);

    /// <inheritdoc/>
    public ValueTask StoreAsync(Sha256Digest sha256, IContent content, CancellationToken cancellationToken) => inner.StoreAsync(sha256, content, cancellationToken);

    /// <inheritdoc/>
    public void Forget(Sha256Digest sha256) => inner.Forget(sha256);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
