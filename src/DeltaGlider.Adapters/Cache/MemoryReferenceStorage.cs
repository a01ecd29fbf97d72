using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Cache;

/// <summary>
/// Keeps references as encrypted entries (<see cref="EntryFormat"/>) in memory, so that what is swapped out or dumped is
/// not readable without the key; those used longest ago are given up first when all together are larger than the limit.
/// </summary>
/// <param name="key">Encrypts them; owned by the storage, and wiped with it.</param>
/// <param name="maxBytes">The limit, in bytes of entries.</param>
internal sealed class MemoryReferenceStorage(FernetKey key, long maxBytes) : IReferenceStorage
{
    private readonly object _gate = new();
    private readonly Dictionary<Sha256Digest, LinkedListNode<(Sha256Digest Sha256, byte[] Entry)>> _entries = [];
    private readonly LinkedList<(Sha256Digest Sha256, byte[] Entry)> _recent = new();
    private long _bytes;

    /// <inheritdoc/>
    public ValueTask<KeptReference?> OpenAsync(Sha256Digest sha256, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte[] entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(sha256, out var node)) return ValueTask.FromResult<KeptReference?>(null);
            _recent.Remove(node);
            _recent.AddFirst(node);
            entry = node.Value.Entry;
        }

        var reader = EntryReader.Open(new MemoryStream(entry, writable: false), key, sha256);
        return ValueTask.FromResult<KeptReference?>(new KeptReference(reader, reader.Length));
    }

    /// <inheritdoc/>
    public async ValueTask StoreAsync(Sha256Digest sha256, IContent content, CancellationToken cancellationToken)
    {
        var length = EntryFormat.EntryLength(content.Length);
        if (length > Math.Min(maxBytes, Array.MaxLength)) return;
        lock (_gate)
        {
            if (_entries.ContainsKey(sha256)) return;
            Shrink(maxBytes - length);
        }

        var entry = new byte[length];
        await EntryWriter.WriteAsync(key, sha256, content, DateTimeOffset.UtcNow, new MemoryStream(entry), cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_entries.ContainsKey(sha256)) return;
            Shrink(maxBytes - length);
            _entries.Add(sha256, _recent.AddFirst((sha256, entry)));
            _bytes += length;
        }
    }

    /// <inheritdoc/>
    public void Forget(Sha256Digest sha256)
    {
        lock (_gate)
        {
            if (_entries.Remove(sha256, out var node)) Drop(node);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) Shrink(0);
        key.Dispose();
    }

    private void Shrink(long limit)
    {
        while (_bytes > limit && _recent.Last is { } node)
        {
            _entries.Remove(node.Value.Sha256);
            Drop(node);
        }
    }

    private void Drop(LinkedListNode<(Sha256Digest Sha256, byte[] Entry)> node)
    {
        _recent.Remove(node);
        _bytes -= node.Value.Entry.Length;
    }
}
