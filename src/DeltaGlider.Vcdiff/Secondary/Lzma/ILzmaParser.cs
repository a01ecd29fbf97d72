using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>Decides what symbols a section is written as.</summary>
internal unsafe interface ILzmaParser : IDisposable
{
    /// <summary>Turns to a new section, which must stay where it is.</summary>
    void Start(byte* data, int length);

    /// <summary>
    /// Lists the next symbols from <paramref name="position"/> on, for a few thousand bytes at most. They must be
    /// written, or else the positions they cover be passed over, before the next call.
    /// </summary>
    void Parse(int position, LzmaSymbolWriter writer, NativeList<LzmaStep> steps);
}
