namespace DeltaGlider.Fuzz.Run;

/// <summary>What the executions of one target came to.</summary>
internal sealed class Tally
{
    private readonly HashSet<(string, string)> _shapes = [];

    public long Executions { get; private set; }

    public SortedDictionary<string, long> Kinds { get; } = new(StringComparer.Ordinal);

    /// <summary>Different pairs of kind and words: roughly, how many checks were reached.</summary>
    public int Shapes => _shapes.Count;

    public int MostWindows { get; private set; }

    public void Add(Outcome outcome)
    {
        Executions++;
        Kinds[outcome.Kind] = Kinds.GetValueOrDefault(outcome.Kind) + 1;
        MostWindows = Math.Max(MostWindows, outcome.Windows);
        _shapes.Add((outcome.Kind, ShapeOf(outcome.Message)));
    }

    public void Add(Tally other)
    {
        Executions += other.Executions;
        MostWindows = Math.Max(MostWindows, other.MostWindows);
        foreach (var (kind, count) in other.Kinds) Kinds[kind] = Kinds.GetValueOrDefault(kind) + count;
        _shapes.UnionWith(other._shapes);
    }

    /// <summary>The words of a message without its numbers.</summary>
    private static string ShapeOf(string message)
    {
        Span<char> shape = stackalloc char[message.Length];
        var length = 0;
        foreach (var letter in message)
            if (!char.IsDigit(letter) && letter is not ('-' or 'A' or 'B' or 'C' or 'D' or 'E' or 'F')) shape[length++] = letter;
        return new string(shape[..length]);
    }
}
