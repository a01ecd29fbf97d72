namespace DeltaGlider.Torture.Tests;

/// <summary>
/// What each key may hold, given what was done and reported. Values are SHA-256; null is "no such object". Work comes in
/// waves: what is in one wave ran at the same time, in any order; a wave begins when the one before has ended.
/// </summary>
internal sealed class Ledger
{
    private static readonly IReadOnlySet<string?> Nothing = new HashSet<string?> { null };

    private readonly SortedDictionary<string, IReadOnlySet<string?>> _allowed = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, IReadOnlySet<string?>> Allowed => _allowed;

    public IReadOnlySet<string?> At(string key) => _allowed.GetValueOrDefault(key, Nothing);

    /// <summary>Takes a wave's outcomes in; gives the reads among them that saw what never was there.</summary>
    public IReadOnlyList<string> Settle(IReadOnlyList<Outcome> wave)
    {
        var wrong = new List<string>();
        foreach (var group in wave.GroupBy(outcome => outcome.Job.Key, StringComparer.Ordinal))
        {
            var before = At(group.Key);
            var writes = group.Where(outcome => outcome.Job.IsPut || outcome.Job.IsRemove).ToArray();
            // What was said to be done replaces what was there; what failed or was killed may have been done.
            var effective = writes.Where(outcome => !IsNotThere(outcome)).ToArray();
            var after = new HashSet<string?>(effective.Any(outcome => outcome.IsOk) ? [] : before);
            after.UnionWith(effective.Select(outcome => outcome.Job.Payload?.Sha256()));
            var seen = new HashSet<string?>(before.Concat(effective.Select(outcome => outcome.Job.Payload?.Sha256())));
            foreach (var outcome in group.Where(outcome => IsNotThere(outcome) && !seen.Contains(null)))
                wrong.Add($"{outcome.Job.Verb} {group.Key}: not there, says the tool, but it always was");
            foreach (var outcome in group.Where(outcome => outcome is { IsOk: true, Job.Verb: "get" } && !seen.Contains(outcome.Detail)))
                wrong.Add($"get {group.Key}: {outcome.Detail}, which was never put there");
            _allowed[group.Key] = after;
        }

        return wrong;
    }

    /// <summary>From here on the key holds what was just seen there.</summary>
    public void Observe(string key, string? value) => _allowed[key] = new HashSet<string?> { value };

    public void Clear() => _allowed.Clear();

    private static bool IsNotThere(Outcome outcome) => !outcome.Job.IsPut && outcome.Result == "ObjectNotFound";
}
