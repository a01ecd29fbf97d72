using DeltaGlider.Vcdiff.Format;
using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Fuzz.Corpus;

/// <summary>Deltas whose sections this project's LZMA encoder compressed, also with properties that nobody uses.</summary>
internal static class LzmaSeeds
{
    private static readonly LzmaEffort[] Efforts =
    [
        LzmaEffort.Fast with { DictionaryBytes = 1 << 16 },
        LzmaEffort.Normal with { DictionaryBytes = 1 << 16, Properties = new LzmaProperties(0, 4, 2) },
        LzmaEffort.Best with { DictionaryBytes = 1 << 20, Properties = new LzmaProperties(1, 3, 4) },
    ];

    /// <summary>The same delta with what shrinks compressed; null where nothing does.</summary>
    public static Seed? Compress(Seed plain, int number)
    {
        if (plain.Model is not { HasSecondary: false } model) return null;
        var delta = model.Clone();
        delta.Indicator |= DeltaHeader.HasSecondaryCompressor;
        delta.SecondaryId = SecondaryCompressor.Lzma;
        var effort = Efforts[number % Efforts.Length];
        using var compressor = new LzmaSectionCompressor(effort);
        for (var kind = 0; kind < 3; kind++)
        {
            var isFirst = true;
            foreach (var window in delta.Windows)
            {
                using var output = new NativeBuffer();
                output.AppendVarint(window.Sections[kind].Length);
                if (isFirst) XzHeader.Write(output, effort.DictionaryBytes);
                if (!compressor.TryCompress(window.Sections[kind], output, CancellationToken.None)) continue;
                window.Sections[kind] = output.Span.ToArray();
                window.DeltaIndicator |= (byte)(1 << kind);
                isFirst = false;
            }
        }
        return delta.Windows.Exists(window => window.DeltaIndicator != 0) ? new Seed($"{plain.Name}-lzma", plain.Source, delta.ToBytes()) : null;
    }
}
