using System.Globalization;
using System.Text.Json;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Benchmarks.Compare;

/// <summary>Prints comparisons: sizes and ratios for people, or JSON lines for programs.</summary>
internal sealed class Table
{
    private readonly bool _json;

    public Table(bool json, VcdiffLevel level)
    {
        _json = json;
        if (!json) Console.WriteLine($"level: {level}");
        if (!json) Line("pair", "target MB", "ours", "xdelta3", "size", "enc CPU s", "xd3", "ratio", "dec CPU s", "xd3", "ratio", "enc MB", "xd3", "dec MB", "xd3");
    }

    public void Add(Comparison one)
    {
        if (_json)
        {
            Console.WriteLine(JsonSerializer.Serialize(one));
            return;
        }

        Line(
            one.Pair.Name, Mega(one.TargetBytes), Whole(one.Ours.DeltaBytes), Whole(one.Xdelta.DeltaBytes), Ratio(one.SizeRatio),
            Seconds(one.Ours.EncodeSeconds), Seconds(one.Xdelta.EncodeSeconds), Ratio(one.EncodeRatio),
            Seconds(one.Ours.DecodeSeconds), Seconds(one.Xdelta.DecodeSeconds), Ratio(one.DecodeRatio),
            Mega(one.Ours.EncodePeakBytes), Mega(one.Xdelta.EncodePeakBytes), Mega(one.Ours.DecodePeakBytes), Mega(one.Xdelta.DecodePeakBytes));
    }

    public void Means(IReadOnlyCollection<Comparison> all)
    {
        if (_json) return;
        foreach (var group in all.GroupBy(one => one.Pair.Group))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key}: geometric means of ours to xdelta3's: size {Mean(group, one => one.SizeRatio):0.000}, encode CPU {Mean(group, one => one.EncodeRatio):0.000}, decode CPU {Mean(group, one => one.DecodeRatio):0.000}"));
        }
    }

    // A time too short for the clock counts as its smallest step, so that it has a logarithm.
    private static double Mean(IEnumerable<Comparison> all, Func<Comparison, double> ratio) =>
        Math.Exp(all.Select(ratio).Where(double.IsFinite).Average(value => Math.Log(Math.Max(value, 1e-4))));

    private static void Line(string name, params string[] cells) =>
        Console.WriteLine(name.PadRight(48) + string.Concat(cells.Select((cell, i) => cell.PadLeft(i is 1 or 2 ? 12 : 10))));

    private static string Mega(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Ratio(double ratio) => ratio.ToString("0.000", CultureInfo.InvariantCulture);
}
