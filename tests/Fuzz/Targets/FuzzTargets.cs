using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Vcdiff.Secondary;

namespace DeltaGlider.Fuzz.Targets;

/// <summary>Everything that is fuzzed.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<string> Names { get; } = ["delta", "window", "lzma", "djw", "fgk", "names", "inflate", "finder", "deep"];

    /// <summary>All targets, or the one that is named.</summary>
    public static IReadOnlyList<IFuzzTarget> Create(SeedCorpus corpus, string? only) =>
        [.. Names.Where(name => only is null || name == only).Select(name => Create(name, corpus))];

    private static IFuzzTarget Create(string name, SeedCorpus corpus) => name switch
    {
        "delta" => new DeltaTarget(corpus),
        "window" => new WindowTarget(corpus),
        "lzma" => new SectionTarget(name, SecondaryCompressor.Lzma, corpus),
        "djw" => new SectionTarget(name, SecondaryCompressor.Djw, corpus),
        "fgk" => new SectionTarget(name, SecondaryCompressor.Fgk, corpus),
        "names" => new NamesTarget(corpus),
        "inflate" => new InflateTarget(),
        "finder" => new FinderTarget(),
        _ => new DeepTarget(),
    };
}
