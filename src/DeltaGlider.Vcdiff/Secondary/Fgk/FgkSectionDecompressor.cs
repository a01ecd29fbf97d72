namespace DeltaGlider.Vcdiff.Secondary.Fgk;

/// <summary>Reads FGK: one adaptive Huffman code per kind of section, which goes on learning from window to window.</summary>
internal sealed class FgkSectionDecompressor : ISectionDecompressor
{
    /// <summary>The shortest section that xdelta3 tries to compress.</summary>
    private const int MinCompressed = 10;

    private const int CancellationStride = 64 * 1024;

    private readonly FgkTree _tree = new();

    public void Decompress(ReadOnlySpan<byte> compressed, Span<byte> section, CancellationToken cancellationToken)
    {
        var bits = new BitReader(compressed);
        for (var at = 0; at < section.Length; at++)
        {
            if (at % CancellationStride == 0) cancellationToken.ThrowIfCancellationRequested();
            section[at] = _tree.Read(ref bits);
        }
        if (!bits.IsAtEnd) throw new InvalidDataException("bytes are left over after its last code");
    }

    /// <remarks>
    /// xdelta3 compresses a section first and then keeps the shorter form, so its code has learned from this section
    /// too. Its own decoder misses that: it cannot read what follows, and this one can.
    /// </remarks>
    public void PassPlain(ReadOnlySpan<byte> section, CancellationToken cancellationToken)
    {
        if (section.Length < MinCompressed) return;
        for (var at = 0; at < section.Length; at++)
        {
            if (at % CancellationStride == 0) cancellationToken.ThrowIfCancellationRequested();
            _tree.Learn(section[at]);
        }
    }

    public void Dispose()
    {
    }
}
