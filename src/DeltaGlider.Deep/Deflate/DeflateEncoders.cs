using System.Collections.Frozen;
using System.Collections.Immutable;

namespace DeltaGlider.Deep.Deflate;

/// <summary>Every encoder there is an emulation of.</summary>
public static class DeflateEncoders
{
    private static readonly int[] Levels = [1, 8, 7, 5, 4, 3, 2];

    /// <summary>All of them, those that real archives come from most often first.</summary>
    public static ImmutableArray<DeflateParameters> All { get; } =
    [
        DeflateParameters.Zlib(6),
        DeflateParameters.DotNet(),
        DeflateParameters.Chromium(9),
        DeflateParameters.Intel(isLate: false),
        DeflateParameters.Intel(isLate: true),
        DeflateParameters.DotNet().Flushed(),
        DeflateParameters.Zlib(6).Flushed(),
        DeflateParameters.Intel(isLate: false).Flushed(),
        DeflateParameters.Intel(isLate: true).Flushed(),
        DeflateParameters.GnuGzip(6),
        DeflateParameters.Zlib(9),
        DeflateParameters.Chromium(6),
        DeflateParameters.GnuGzip(9),
        DeflateParameters.ChromiumCrc(9),
        DeflateParameters.DotNet(DotNetWriting.Whole),
        .. Levels.SelectMany(level => new[] { DeflateParameters.Zlib(level), DeflateParameters.Chromium(level), DeflateParameters.GnuGzip(level) }),
        DeflateParameters.Zlib(9, memoryLevel: 9),
        DeflateParameters.Zlib(6, memoryLevel: 9),
        DeflateParameters.ChromiumCrc(6),
        .. Levels.SelectMany(level => new[] { DeflateParameters.ChromiumCrc(level), DeflateParameters.Zlib(level, memoryLevel: 9) }),
    ];

    internal static FrozenDictionary<int, DeflateParameters> ByNumber { get; } = All.ToFrozenDictionary(encoder => encoder.Number);
}
