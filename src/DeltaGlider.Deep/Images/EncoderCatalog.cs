using System.Collections.Immutable;
using DeltaGlider.Deep.Deflate;

namespace DeltaGlider.Deep.Images;

/// <summary>The encoders that a delta may name, by numbers that never change their meaning.</summary>
internal static class EncoderCatalog
{
    private const int ZlibFrom = 16;

    /// <summary>Every encoder there is an emulation of, the most common first.</summary>
    public static ImmutableArray<DeflateParameters> All => EncoderSearch.Known;

    public static int NumberOf(DeflateParameters parameters) =>
        parameters.Id.StartsWith("zlib", StringComparison.Ordinal) ? ZlibFrom + parameters.Level : parameters.Level;

    /// <summary>The encoder of that number; null when there is none.</summary>
    public static DeflateParameters? FromNumber(long number) => All.FirstOrDefault(one => NumberOf(one) == number);
}
