using System.Globalization;

namespace DeltaGlider.Benchmarks.Deflate;

/// <summary>What one encoder has made, or what none has.</summary>
internal sealed class Tally
{
    private int _streams;
    private long _content;
    private double _seconds;

    public long Packed { get; private set; }

    public void Add(long packed, long content, double seconds)
    {
        _streams++;
        Packed += packed;
        _content += content;
        _seconds += seconds;
    }

    public string Row(string name, bool isTimed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-28}{_streams,9:N0}{Packed,16:N0}{_content,16:N0}{(isTimed && _seconds > 0.1 ? (_content / 1e6 / _seconds).ToString("0.0", CultureInfo.InvariantCulture) : "-"),10}");
}
