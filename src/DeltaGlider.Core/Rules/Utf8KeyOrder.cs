namespace DeltaGlider.Core.Rules;

/// <summary>
/// The order in which S3 lists keys: by their UTF-8 bytes. .NET's ordinal order compares UTF-16 units, which puts
/// characters beyond U+FFFF before U+E000 to U+FFFF.
/// </summary>
public sealed class Utf8KeyOrder : IComparer<string>
{
    private Utf8KeyOrder()
    {
    }

    /// <summary>The one there is.</summary>
    public static Utf8KeyOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return string.CompareOrdinal(x, y);
        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            if (x[i] != y[i]) return Rank(x[i]).CompareTo(Rank(y[i]));
        }

        return x.Length.CompareTo(y.Length);
    }

    // Surrogates stand for code points above all others; moving them past U+FFFF gives UTF-8's order.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
