namespace DeltaGlider.TestKit;

/// <summary>Keeps every report of progress, in order.</summary>
public sealed class Recorded<T> : IProgress<T>
{
    private readonly Lock _gate = new();
    private readonly List<T> _all = [];

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_gate) return [.. _all];
        }
    }

    public void Report(T value)
    {
        lock (_gate) _all.Add(value);
    }
}
