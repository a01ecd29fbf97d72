namespace DeltaGlider.Core.UseCases.Parts.Stats;

/// <summary>
/// The median of any number of values in bounded memory: exact up to 8,192 of them; beyond that of every second, fourth,
/// eighth… one.
/// </summary>
internal sealed class MedianSketch
{
    private const int Capacity = 8192;

    private readonly List<double> _kept = [];
    private long _count;
    private long _stride = 1;

    /// <summary>Takes a value.</summary>
    public void Add(double value)
    {
        if (_count++ % _stride != 0) return;
        if (_kept.Count == Capacity)
        {
            for (var i = 0; i < Capacity / 2; i++) _kept[i] = _kept[2 * i];
            _kept.RemoveRange(Capacity / 2, Capacity / 2);
            _stride *= 2;
            if ((_count - 1) % _stride != 0) return;
        }

        _kept.Add(value);
    }

    /// <summary>The median so far; of an even number the mean of the middle two; null without a value.</summary>
    public double? Median()
    {
        if (_kept.Count == 0) return null;
        _kept.Sort();
        var middle = _kept.Count / 2;
        return _kept.Count % 2 == 1 ? _kept[middle] : (_kept[middle - 1] + _kept[middle]) / 2;
    }
}
