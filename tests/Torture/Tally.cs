using System.Globalization;
using System.Text;

namespace DeltaGlider.Torture.Tests;

/// <summary>What a scenario came to.</summary>
internal sealed class Tally(string name)
{
    private readonly SortedDictionary<string, int> _results = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _leftovers = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public int Rounds { get; set; }

    public int Operations { get; private set; }

    public int ReadBack { get; set; }

    public double Seconds { get; set; }

    /// <summary>How many processes were killed, servers stopped, requests turned away and answers lost.</summary>
    public int Faults { get; set; }

    /// <summary>Objects that were reported as stored and are gone, or are listed and cannot be read.</summary>
    public List<string> Lost { get; } = [];

    /// <summary>Objects and files with bytes that nobody put there.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>Errors of kinds that no circumstance excuses.</summary>
    public List<string> Errors { get; } = [];

    public bool IsClean => Lost.Count + Wrong.Count + Errors.Count == 0;

    public IReadOnlyDictionary<string, int> Leftovers => _leftovers;

    public IReadOnlyDictionary<string, int> Results => _results;

    public void Count(Outcome outcome)
    {
        lock (_gate)
        {
            Operations++;
            var key = outcome.IsOk && outcome.Job.IsPut ? $"{outcome.Job.Verb}>{outcome.Detail}" : $"{outcome.Job.Verb}>{outcome.Result}";
            _results[key] = _results.GetValueOrDefault(key) + 1;
            if (outcome.Result is "Unexpected" or "ChecksumMismatch" or "ReferenceMismatch" or "ReferenceMissing" or "DeltaUndecodable" or "InvalidArgument" or "StoreRefused")
                Errors.Add($"{outcome.Job}: {outcome.Result} {outcome.Detail}");
        }
    }

    public void Leftover(string kind)
    {
        lock (_gate) _leftovers[kind] = _leftovers.GetValueOrDefault(kind) + 1;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{name}: {Rounds} rounds, {Operations} operations, {ReadBack} read back, {Seconds:0} s; lost {Lost.Count}, wrong {Wrong.Count}, errors {Errors.Count}");
        foreach (var problem in Lost.Take(8).Concat(Wrong.Take(8)).Concat(Errors.Take(8))) text.AppendLine().Append("    ").Append(problem);
        return text.ToString();
    }

    public static string Table(IEnumerable<Tally> rows)
    {
        var text = new StringBuilder();
        text.AppendLine("| scenario | rounds | faults | operations | read back | lost | wrong bytes | errors | results | leftovers | seconds |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows) text.AppendLine(row.Line());
        return text.ToString();
    }

    private string Line() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {Rounds} | {Faults} | {Operations} | {ReadBack} | {Lost.Count} | {Wrong.Count} | {Errors.Count} | {Words(_results)} | {Words(_leftovers)} | {Seconds:0} |");

    private static string Words(SortedDictionary<string, int> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.Select(pair => $"{pair.Key} {pair.Value}"));
}
