namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>How hard the compressor tries.</summary>
/// <param name="Trees">Binary trees instead of chains: slower, and finds more.</param>
/// <param name="Optimal">Weighs all ways to write a stretch, instead of taking the next good match.</param>
/// <param name="NiceLength">A match of this length is taken as it is.</param>
/// <param name="Depth">How many candidates are looked at for each position.</param>
/// <param name="DictionaryBytes">How far back matches may reach.</param>
/// <param name="Properties">How contexts are chosen.</param>
internal sealed record LzmaEffort(
    bool Trees, bool Optimal, int NiceLength, int Depth, int DictionaryBytes, LzmaProperties Properties)
{
    private static readonly LzmaProperties Usual = new(3, 0, 2);

    /// <summary>Takes the first good match without a look at what the next position has.</summary>
    public bool Greedy { get; init; }

    /// <summary>How uneven data must be to be worth a try, in percent: see <see cref="Compressibility.IsDense"/>.</summary>
    public int Tolerance { get; init; } = Compressibility.Slight;

    public static LzmaEffort Quick { get; } = new(false, false, 32, 1, 1 << 22, Usual) { Greedy = true, Tolerance = 150 };

    public static LzmaEffort Fast { get; } = new(false, false, 64, 2, 1 << 22, Usual) { Tolerance = 150 };

    public static LzmaEffort Normal { get; } = new(true, true, 64, 24, 1 << 23, Usual);

    public static LzmaEffort Best { get; } = new(true, true, LzmaModel.MaxMatchLength, 128, 1 << 24, Usual);
}
