using System.Management.Automation;

namespace DeltaGlider.Base;

/// <summary>
/// The progress bars of one command: as few as there are items under way, at most five changes a second on all of them
/// together, and none left standing. They are headed with how many items have ended.
/// </summary>
/// <param name="post">Brings a call onto the pipeline thread.</param>
/// <param name="write">Shows a record; to be called on the pipeline thread only.</param>
/// <param name="activity">What the bars are headed with.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressBoard(Action<Action> post, Action<ProgressRecord> write, string activity, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private readonly SortedSet<int> _free = [];
    private readonly HashSet<int> _shown = [];
    private int _slots;
    private int _ended;
    private long? _lastShown;

    /// <summary>Takes a slot for one item.</summary>
    public ItemProgress Begin()
    {
        lock (_gate)
        {
            var slot = _free.Count > 0 ? _free.Min : _slots++;
            _free.Remove(slot);
            return new ItemProgress(this, slot);
        }
    }

    /// <summary>
    /// Takes away what still stands, on the pipeline thread, after the work was cut off: the calls that would have done
    /// it are not run any more.
    /// </summary>
    public void Clear()
    {
        try
        {
            foreach (var slot in _shown) write(Completed(slot));
        }
        catch (PipelineStoppedException)
        {
            // The one that is about to be told to the engine is the first one.
        }

        _shown.Clear();
    }

    /// <summary>Shows how far a slot's item is, unless something was shown only just now.</summary>
    internal void Show(int slot, string status, int percent)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_lastShown is { } last && time.GetElapsedTime(last, now) < Pause) return;
            _lastShown = now;
        }

        post(() =>
        {
            _shown.Add(slot);
            write(new ProgressRecord(slot, Headed(), status) { PercentComplete = percent });
        });
    }

    /// <summary>Gives a slot back, and takes its bar away where it was shown.</summary>
    internal void End(int slot)
    {
        post(() =>
        {
            if (_shown.Remove(slot)) write(Completed(slot));
        });
        lock (_gate)
        {
            _free.Add(slot);
            _ended++;
        }
    }

    // How many there will be nobody knows: they come down the pipeline.
    private string Headed()
    {
        lock (_gate) return _ended == 0 ? activity : $"{activity} ({_ended} done)";
    }

    private ProgressRecord Completed(int slot) => new(slot, Headed(), "Completed") { RecordType = ProgressRecordType.Completed };
}
