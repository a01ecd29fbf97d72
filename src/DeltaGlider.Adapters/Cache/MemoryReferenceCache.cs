using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Cache;

/// <summary>
/// Keeps references in memory, the least recently used given up first when they are more than so many bytes together.
/// What is on loan stays until it comes back; a reference larger than the limit is lent and not kept.
/// </summary>
/// <param name="maxBytes">How many bytes of references to keep, counted by their own length.</param>
public sealed class MemoryReferenceCache(long maxBytes) : IReferenceCache
{
    private readonly object _gate = new();
    private readonly Dictionary<Sha256Digest, CachedReference> _entries = [];
    private readonly LinkedList<CachedReference> _recent = new();
    private long _bytes;
    private bool _disposed;

    /// <inheritdoc/>
    public async ValueTask<ReferenceLease> AcquireAsync(
        Sha256Digest sha256, Func<CancellationToken, ValueTask<IDeltaReference>> load, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entry = Join(sha256);
        try
        {
            var reference = await entry.StartOnce(load).WaitAsync(cancellationToken).ConfigureAwait(false);
            Keep(entry, reference.Length);
            return new ReferenceLease(sha256, reference, () => LetGo(entry));
        }
        catch
        {
            if (entry.HasFailed) Forget(entry);
            LetGo(entry);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            foreach (var entry in _recent.Where(entry => entry.Users == 0)) entry.Dispose();
            _entries.Clear();
            _recent.Clear();
            _bytes = 0;
        }
    }

    private CachedReference Join(Sha256Digest sha256)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_entries.TryGetValue(sha256, out var entry)) _entries.Add(sha256, entry = new CachedReference(sha256));
            // From here on it can neither be freed nor its load be cancelled until this caller lets go.
            entry.Users++;
            return entry;
        }
    }

    private void Keep(CachedReference entry, long length)
    {
        lock (_gate)
        {
            if (length > maxBytes || !IsListed(entry)) return;
            if (entry.Node is null)
            {
                entry.Node = new LinkedListNode<CachedReference>(entry);
                entry.Length = length;
                _bytes += length;
            }
            else
            {
                _recent.Remove(entry.Node);
            }

            _recent.AddFirst(entry.Node);
            Trim();
        }
    }

    private void Forget(CachedReference entry)
    {
        lock (_gate)
        {
            if (IsListed(entry)) _entries.Remove(entry.Sha256);
        }
    }

    private void LetGo(CachedReference entry)
    {
        lock (_gate)
        {
            if (--entry.Users > 0) return;
            if (entry.Node is null || !IsListed(entry))
            {
                // Not kept: too large, failed, forgotten, or still loading and nobody waits for it any more.
                Forget(entry);
                entry.Dispose();
            }

            Trim();
        }
    }

    private void Trim()
    {
        for (var node = _recent.Last; node is not null && _bytes > maxBytes;)
        {
            var entry = node.Value;
            node = node.Previous;
            if (entry.Users > 0) continue;
            _recent.Remove(entry.Node!);
            _entries.Remove(entry.Sha256);
            _bytes -= entry.Length;
            entry.Dispose();
        }
    }

    private bool IsListed(CachedReference entry) => _entries.GetValueOrDefault(entry.Sha256) == entry;
}
