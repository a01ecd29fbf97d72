using System.Text;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Rules;

/// <summary>The keys of temporaries: <c>.deltaglider/tmp/&lt;32 hex&gt;_&lt;name&gt;</c>.</summary>
public static class TemporaryKeys
{
    /// <summary>What they all begin with.</summary>
    public const string Prefix = $"{DeltaSpace.InternalPrefix}tmp/";

    private const int MarkLength = 32;

    /// <summary>A new place for a file of this name; the end of a name too long for a key is left out.</summary>
    public static S3Uri New(string bucket, string name)
    {
        var start = $"{Prefix}{Guid.NewGuid():n}_";
        var room = StoreLimits.MaxKeyBytes - start.Length;
        var kept = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Utf8SequenceLength > room) break;
            room -= rune.Utf8SequenceLength;
            kept.Append(rune);
        }

        return new S3Uri(bucket, start + kept);
    }

    /// <summary>True for a key that the spare of a reference may have (<see cref="SpareReference"/>).</summary>
    public static bool MayBeSpare(string key) =>
        key.Length == Prefix.Length + MarkLength + 1 + DeltaSpace.ReferenceName.Length
        && key.StartsWith(Prefix, StringComparison.Ordinal)
        && key.EndsWith("_" + DeltaSpace.ReferenceName, StringComparison.Ordinal)
        && key.Skip(Prefix.Length).Take(MarkLength).All(char.IsAsciiHexDigitLower);
}
