namespace DeltaGlider.Vcdiff.Secondary;

/// <summary>
/// Undoes a secondary compressor for one kind of section of one delta. There is one instance per kind, fed every
/// compressed section of that kind in order, because LZMA and FGK carry state from window to window.
/// </summary>
internal interface ISectionDecompressor : IDisposable
{
    /// <summary>Memory taken outside the managed heap.</summary>
    long NativeBytes => 0;

    /// <summary>
    /// Decodes one section, which must use up <paramref name="compressed"/> and fill <paramref name="section"/>
    /// exactly.
    /// </summary>
    /// <exception cref="InvalidDataException">It does not; the caller adds the offset and the window.</exception>
    void Decompress(ReadOnlySpan<byte> compressed, Span<byte> section, CancellationToken cancellationToken);

    /// <summary>Sees a section of its kind that was left plain.</summary>
    void PassPlain(ReadOnlySpan<byte> section, CancellationToken cancellationToken)
    {
    }
}
