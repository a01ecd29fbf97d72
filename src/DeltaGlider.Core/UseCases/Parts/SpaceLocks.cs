using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// One at a time in each deltaspace, within this process. It spares work, and no more than that: against other processes
/// only the reference protocol helps.
/// </summary>
internal sealed class SpaceLocks
{
    private readonly Dictionary<DeltaSpace, Entry> _entries = [];

    /// <summary>Waits until nobody else is in the deltaspace.</summary>
    public async ValueTask<IDisposable> EnterAsync(DeltaSpace space, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (_entries)
        {
            if (!_entries.TryGetValue(space, out entry)) _entries.Add(space, entry = new Entry());
            entry.Users++;
        }

        try
        {
            await entry.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Stay(this, space, entry);
        }
        catch
        {
            Forget(space, entry);
            throw;
        }
    }

    private void Forget(DeltaSpace space, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users > 0) return;
            _entries.Remove(space);
            entry.Turn.Dispose();
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Stay(SpaceLocks locks, DeltaSpace space, Entry entry) : IDisposable
    {
        private int _over;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _over, 1) != 0) return;
            entry.Turn.Release();
            locks.Forget(space, entry);
        }
    }
}
