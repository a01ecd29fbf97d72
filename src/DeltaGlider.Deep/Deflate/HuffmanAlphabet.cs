using System.Collections.Immutable;

namespace DeltaGlider.Deep.Deflate;

/// <summary>One of the three alphabets of a block, with what its symbols cost beside their codes.</summary>
/// <param name="Size">How many symbols there are.</param>
/// <param name="MaxBits">The longest code allowed.</param>
/// <param name="ExtraBits">Extra bits that follow a symbol's code.</param>
/// <param name="StaticBits">Length of a symbol's static code; empty where there is none.</param>
internal sealed record HuffmanAlphabet(int Size, int MaxBits, ImmutableArray<byte> ExtraBits, ImmutableArray<byte> StaticBits)
{
    /// <summary>Symbols of the static literal tree: two more than are ever used.</summary>
    public const int StaticLiteralCodes = 288;

    public static HuffmanAlphabet Literals { get; } = new(
        DeflateFormat.LiteralCodes,
        15,
        [.. Enumerable.Range(0, DeflateFormat.LiteralCodes).Select(symbol =>
            (byte)(symbol < DeflateFormat.FirstLengthCode ? 0 : DeflateFormat.LengthExtraBits(symbol - DeflateFormat.FirstLengthCode)))],
        [.. Enumerable.Range(0, StaticLiteralCodes).Select(symbol => (byte)(symbol switch { < 144 => 8, < 256 => 9, < 280 => 7, _ => 8 }))]);

    public static HuffmanAlphabet Distances { get; } = new(
        DeflateFormat.DistanceCodes,
        15,
        [.. Enumerable.Range(0, DeflateFormat.DistanceCodes).Select(code => (byte)DeflateFormat.DistanceExtraBits(code))],
        [.. Enumerable.Repeat((byte)5, DeflateFormat.DistanceCodes)]);

    public static HuffmanAlphabet CodeLengths { get; } = new(
        DeflateFormat.LengthCodes,
        7,
        [.. Enumerable.Range(0, DeflateFormat.LengthCodes).Select(symbol => (byte)(symbol switch { 16 => 2, 17 => 3, 18 => 7, _ => 0 }))],
        []);
}
