using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DeltaGlider.Fuzz.Run;

/// <summary>What a run came to.</summary>
internal sealed record FuzzReport(TimeSpan Elapsed, SortedDictionary<string, Tally> Tallies, IReadOnlyList<Find> Finds)
{
    public long Executions => Tallies.Values.Sum(tally => tally.Executions);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"target",-8} {"executions",12} {"per second",12} {"kinds",6} {"shapes",7} {"windows",8}");
        foreach (var (name, tally) in Tallies)
            text.AppendLine(CultureInfo.InvariantCulture, $"{name,-8} {tally.Executions,12:N0} {tally.Executions / Elapsed.TotalSeconds,12:N0} {tally.Kinds.Count,6} {tally.Shapes,7} {tally.MostWindows,8}");
        foreach (var (name, tally) in Tallies)
            text.AppendLine(CultureInfo.InvariantCulture, $"{name}: {string.Join(", ", tally.Kinds.Select(pair => $"{pair.Key} {pair.Value.ToString("N0", CultureInfo.InvariantCulture)}"))}");
        using var self = Process.GetCurrentProcess();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Executions:N0} executions in {Elapsed.TotalSeconds:F0} s, {self.TotalProcessorTime.TotalSeconds:F0} s of CPU time; peak memory {self.PeakWorkingSet64 >> 20} MiB; {Finds.Count} finds.");
        foreach (var find in Finds) text.AppendLine(CultureInfo.InvariantCulture, $"FIND {find.Signature} (execution {find.Execution}, {find.Input.Bytes.Length} bytes)");
        return text.ToString();
    }
}
