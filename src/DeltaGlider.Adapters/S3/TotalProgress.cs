namespace DeltaGlider.Adapters.S3;

/// <summary>Adds up the progress of parts that go at once.</summary>
internal sealed class TotalProgress(IProgress<long>? whole)
{
    private readonly object _gate = new();
    private long _done;

    /// <summary>What one part reports to. A part that starts anew takes back what it had reported.</summary>
    public IProgress<long> Part() => new PartProgress(this);

    private sealed class PartProgress(TotalProgress total) : IProgress<long>
    {
        private long _reported;

        public void Report(long value)
        {
            var step = value - _reported;
            _reported = value;
            total.Add(step);
        }
    }

    private void Add(long step)
    {
        // Counted and told in one step, so that the last report is the whole.
        lock (_gate) whole?.Report(_done += step);
    }
}
