using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>Decides what symbols a section is written as.</summary>
internal unsafe interface ILzmaParser : IDisposable
{
    /// <summary>Forgets everything seen.</summary>
    void Restart();

    /// <summary>
    /// There is more data, up to <paramref name="length"/>. It may have moved, but what was there is the same; from now
    /// on it must stay where it is.
    /// </summary>
    void Continue(byte* data, int length);

    /// <summary>The first <paramref name="count"/> bytes, a multiple of the finder's ring, are gone.</summary>
    void Slide(int count);

    /// <summary>
    /// Lists the next symbols from <paramref name="position"/> on, for a few thousand bytes at most. They must be
    /// written, or else the positions they cover be passed over, before the next call.
    /// </summary>
    void Parse(int position, LzmaSymbolWriter writer, NativeList<LzmaStep> steps);
}
