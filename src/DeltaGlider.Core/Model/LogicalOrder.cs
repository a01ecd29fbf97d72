namespace DeltaGlider.Core.Model;

/// <summary>
/// The order of logical names in which a listing of the bucket can tell, one after the other, what each of them stands
/// for: the UTF-8 order of the names with <c>.delta</c> behind them. A file that is stored whole waits for the place of
/// its delta, which comes later; nothing else has to wait. Folders and buckets that are compared are both walked so.
/// </summary>
public sealed class LogicalOrder : IComparer<string>
{
    private LogicalOrder()
    {
    }

    /// <summary>The order.</summary>
    public static LogicalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y) => CompareParts(x, DeltaSpace.DeltaSuffix, y, DeltaSpace.DeltaSuffix);

    /// <summary>
    /// Where the files of one folder and its subfolders come in the walk: a folder's own place is that of its name and the
    /// <c>/</c> that all within it have behind it.
    /// </summary>
    public static int CompareInFolder(string x, bool xIsFolder, string y, bool yIsFolder) =>
        CompareParts(x, xIsFolder ? "/" : DeltaSpace.DeltaSuffix, y, yIsFolder ? "/" : DeltaSpace.DeltaSuffix);

    // As if name and suffix were one text, which a hundred thousand comparisons need not make.
    private static int CompareParts(ReadOnlySpan<char> left, ReadOnlySpan<char> leftSuffix, ReadOnlySpan<char> right, ReadOnlySpan<char> rightSuffix)
    {
        var at = left.CommonPrefixLength(right);
        for (; ; at++)
        {
            var one = At(left, leftSuffix, at);
            var other = At(right, rightSuffix, at);
            if (one != other) return one - other;
            if (one < 0) return 0;
        }
    }

    private static int At(ReadOnlySpan<char> text, ReadOnlySpan<char> suffix, int at) =>
        at < text.Length ? KeyOrder.Rank(text[at])
        : at - text.Length < suffix.Length ? suffix[at - text.Length]
        : -1;
}
