using System.Collections.Frozen;
using System.Collections.Immutable;

namespace DeltaGlider.Deep.Deflate;

/// <summary>Every encoder there is an emulation of.</summary>
public static class DeflateEncoders
{
    private static readonly int[] Levels = [6, 9, 1, 8, 7, 5, 4, 3, 2];

    /// <summary>All of them, those that real archives come from most often first.</summary>
    public static ImmutableArray<DeflateParameters> All { get; } =
    [
        .. Levels.SelectMany(level => new[] { DeflateParameters.Zlib(level), DeflateParameters.Chromium(level), DeflateParameters.GnuGzip(level) }),
        .. Levels.SelectMany(level => new[] { DeflateParameters.ChromiumCrc(level), DeflateParameters.Zlib(level, memoryLevel: 9) }),
    ];

    internal static FrozenDictionary<int, DeflateParameters> ByNumber { get; } = All.ToFrozenDictionary(encoder => encoder.Number);
}
