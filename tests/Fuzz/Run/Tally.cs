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

    /// <summary>The words of a message without those that have a digit: lengths, offsets, checksums.</summary>
    private static string ShapeOf(string message)
    {
        Span<char> shape = stackalloc char[message.Length];
        var length = 0;
        var wordStart = 0;
        var isNumber = false;
        foreach (var letter in message)
        {
            isNumber |= char.IsDigit(letter);
            shape[length++] = letter;
            if (letter != ' ') continue;
            if (isNumber) length = wordStart;
            (wordStart, isNumber) = (length, false);
        }
        return new string(shape[..(isNumber ? wordStart : length)]);
    }
}
