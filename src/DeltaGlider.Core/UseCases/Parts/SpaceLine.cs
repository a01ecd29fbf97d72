using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// A line before each deltaspace, in which this process's writers and removers come to its reference one after the other,
/// in the order in which they entered. The first writer looks for the reference, or makes his file one; those behind take
/// what he leaves them and go on beside each other. It spares work, and settles which of several first files becomes the
/// reference; against other processes only the reference protocol helps.
/// </summary>
internal sealed class SpaceLine
{
    private readonly Dictionary<DeltaSpace, Entry> _entries = [];

    /// <summary>Takes a place at the end of the line, at once.</summary>
    public Place Enter(DeltaSpace space)
    {
        lock (_entries)
        {
            if (!_entries.TryGetValue(space, out var entry)) _entries.Add(space, entry = new Entry());
            entry.Users++;
            var place = new Place(this, space, entry, entry.Last);
            entry.Last = place.Left;
            return place;
        }
    }

    private void Forget(DeltaSpace space, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users == 0) _entries.Remove(space);
        }
    }

    /// <summary>A place in the line, and after that, until it is disposed, among those whose work keeps what is known.</summary>
    internal sealed class Place : IDisposable
    {
        private readonly SpaceLine _line;
        private readonly DeltaSpace _space;
        private readonly Entry _entry;
        private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task? _before;
        private int _over;

        public Place(SpaceLine line, DeltaSpace space, Entry entry, Task before) => (_line, _space, _entry, _before) = (line, space, entry, before);

        /// <summary>Ends when this place and all before it have been left.</summary>
        public Task Left => _left.Task;

        /// <summary>Waits until all before it have left.</summary>
        /// <returns>The reference, as one of them saw it; null when none has.</returns>
        public async ValueTask<StoredObject?> TurnAsync(CancellationToken cancellationToken)
        {
            await (_before ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(false);
            return _entry.Reference;
        }

        /// <summary>Lets the next one come. To be called by whoever's turn it is.</summary>
        /// <param name="reference">The reference that was found in place, or made; null when none is known any more.</param>
        public void Leave(StoredObject? reference)
        {
            if (Interlocked.Exchange(ref _before, null) is not { } before) return;
            if (before.IsCompleted) _entry.Reference = reference;

            // Who gives up while he waits does not let the next one pass those before him.
            before.ContinueWith(_ => _left.TrySetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        /// <summary>It is over. Left only now, it leaves nothing known behind.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _over, 1) != 0) return;
            Leave(null);
            _line.Forget(_space, _entry);
        }
    }

    /// <summary>What is known of a deltaspace while somebody is at work there.</summary>
    internal sealed class Entry
    {
        public StoredObject? Reference { get; set; }

        public Task Last { get; set; } = Task.CompletedTask;

        public int Users { get; set; }
    }
}
