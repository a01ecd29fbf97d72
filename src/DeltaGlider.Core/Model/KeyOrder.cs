namespace DeltaGlider.Core.Model;

/// <summary>
/// The UTF-8 byte order of keys, the one in which S3 lists. It is the order of code points, and differs from .NET's
/// ordinal order where a character above U+FFFF (a surrogate pair) meets one of U+E000 to U+FFFF.
/// </summary>
public sealed class KeyOrder : IComparer<string>
{
    private KeyOrder()
    {
    }

    /// <summary>The order.</summary>
    public static KeyOrder Utf8 { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        var same = left.CommonPrefixLength(right);
        return same == left.Length || same == right.Length
            ? left.Length - right.Length
            : Rank(left[same]) - Rank(right[same]);
    }

    // Surrogates stand for code points above U+FFFF, so they come after everything else.
    internal static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
