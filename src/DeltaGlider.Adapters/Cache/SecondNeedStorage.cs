using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Cache;

/// <summary>
/// Keeps a reference only when it is offered a second time. For a storage that ends with the process: the first time,
/// the reference is in memory anyhow, and most processes never need it again, so encrypting it would be for nothing.
/// </summary>
internal sealed class SecondNeedStorage(IReferenceStorage inner) : IReferenceStorage
{
    private readonly HashSet<Sha256Digest> _offered = [];

    /// <inheritdoc/>
    public ValueTask<KeptReference?> OpenAsync(Sha256Digest sha256, CancellationToken cancellationToken) => inner.OpenAsync(sha256, cancellationToken);

    /// <inheritdoc/>
    public ValueTask StoreAsync(Sha256Digest sha256, IContent content, CancellationToken cancellationToken)
    {
        lock (_offered)
        {
            if (_offered.Add(sha256)) return ValueTask.CompletedTask;
        }

        return inner.StoreAsync(sha256, content, cancellationToken);
    }

    /// <inheritdoc/>
    public void Forget(Sha256Digest sha256) => inner.Forget(sha256);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
