using System.Collections.Immutable;

namespace DeltaGlider.Deep.Deflate;

/// <summary>Finds out which encoder made a deflate stream, by doing its work again.</summary>
public static class EncoderSearch
{
    private const int Step = 64 * 1024;

    /// <summary>Every encoder there is an emulation of, the most common first.</summary>
    public static ImmutableArray<DeflateParameters> Known { get; } =
        [.. new[] { 6, 9, 1, 8, 7, 5, 4, 3, 2 }.SelectMany(level => new[] { DeflateParameters.GnuGzip(level), DeflateParameters.Zlib(level) })];

    /// <summary>The first known encoder that makes these bits of this content; null when none does.</summary>
    /// <param name="deflated">The stream from its first byte on; what follows it does no harm.</param>
    /// <param name="content">What the stream inflates to, or how that begins.</param>
    /// <param name="isWhole"><paramref name="content"/> is all of it. Otherwise only those bits count that are
    /// certain without the rest; where not even one block gets full there are none, and nothing is found.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static DeflateParameters? Find(
        ReadOnlyMemory<byte> deflated, ReadOnlySpan<byte> content, bool isWhole, CancellationToken cancellationToken)
    {
        foreach (var parameters in Known)
        {
            if (Makes(parameters, deflated, content, isWhole, cancellationToken)) return parameters;
        }

        return null;
    }

    private static bool Makes(
        DeflateParameters parameters, ReadOnlyMemory<byte> deflated, ReadOnlySpan<byte> content, bool isWhole, CancellationToken cancellationToken)
    {
        using var comparison = new ComparingStream(deflated);
        var encoder = new DeflateEncoder(parameters, comparison);
        // Nearly every wrong encoder shows in its first block.
        while (!content.IsEmpty && comparison.IsSame)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var piece = content[..Math.Min(Step, content.Length)];
            encoder.Append(piece);
            content = content[piece.Length..];
        }

        if (isWhole && comparison.IsSame) encoder.Finish();
        return comparison is { IsSame: true, HasCompared: true };
    }
}
