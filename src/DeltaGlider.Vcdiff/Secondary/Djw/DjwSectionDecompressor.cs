namespace DeltaGlider.Vcdiff.Secondary.Djw;

/// <summary>
/// Reads DJW: up to 8 static Huffman codes for a section that is cut into sectors of one size, and for each sector
/// the choice of its code. Every section stands for itself.
/// </summary>
/// <remarks>
/// A section is: the number of codes; the size of sectors, where there are several codes; the lengths of all codes,
/// themselves coded; the choices, where there are several; the bytes.
/// </remarks>
internal sealed class DjwSectionDecompressor : ISectionDecompressor
{
    private const int Alphabet = 256;
    private const int CodeCountBits = 3;
    private const int SectorSizeBits = 5;
    private const int SectorSizeUnit = 5;
    private const int ChoiceLengthBits = 3;

    public void Decompress(ReadOnlySpan<byte> compressed, Span<byte> section, CancellationToken cancellationToken)
    {
        if (section.IsEmpty) throw new InvalidDataException("an empty section is never compressed");
        var bits = new BitReader(compressed);
        var codeCount = bits.Number(CodeCountBits) + 1;
        var sectorSize = codeCount == 1 ? section.Length : (bits.Number(SectorSizeBits) + 1) * SectorSizeUnit;

        var lengths = ReadCodeLengths(ref bits, codeCount);
        var codes = new PrefixDecoder[codeCount];
        for (var code = 0; code < codeCount; code++) codes[code] = new PrefixDecoder(lengths.AsSpan(code * Alphabet, Alphabet));

        if (codeCount == 1) ReadBytes(ref bits, codes[0], section, cancellationToken);
        else ReadSectors(ref bits, codes, sectorSize, section, cancellationToken);
        if (!bits.IsAtEnd) throw new InvalidDataException("bytes are left over after its last code");
    }

    public void Dispose()
    {
    }

    private static byte[] ReadCodeLengths(ref BitReader bits, int codeCount)
    {
        const int SymbolCountBits = 4, LengthBits = 4, FixedSymbols = 7;
        // The order in which the format expects lengths to matter; 2 more symbols stand for runs.
        byte[] order = [0, 4, 5, 6, 7, 8, 9, 10, 3, 11, 2, 12, 13, 1, 14, 15, 16, 17, 18, 19, 20];
        Span<byte> symbolLengths = stackalloc byte[order.Length + 1];
        symbolLengths.Clear();
        var given = bits.Number(SymbolCountBits) + FixedSymbols;
        for (var symbol = 0; symbol < given; symbol++) symbolLengths[symbol] = (byte)bits.Number(LengthBits);

        var reader = new MoveToFront(order, new PrefixDecoder(symbolLengths));
        var lengths = new byte[codeCount * Alphabet];
        for (var at = 0; at < lengths.Length; at++)
        {
            // A byte that the code before lacks does not occur in the section, and is passed over.
            if (at >= Alphabet && lengths[at - Alphabet] == 0) continue;
            lengths[at] = reader.Next(ref bits);
        }
        if (reader.IsInRun) throw new InvalidDataException("it has more code lengths than codes");
        return lengths;
    }

    private static void ReadSectors(
        ref BitReader bits, PrefixDecoder[] codes, int sectorSize, Span<byte> section, CancellationToken cancellationToken)
    {
        Span<byte> choiceLengths = stackalloc byte[codes.Length + 1];
        for (var symbol = 0; symbol < choiceLengths.Length; symbol++) choiceLengths[symbol] = (byte)bits.Number(ChoiceLengthBits);
        var order = new byte[codes.Length];
        for (var code = 0; code < order.Length; code++) order[code] = (byte)code;

        var reader = new MoveToFront(order, new PrefixDecoder(choiceLengths));
        // All choices come before the first byte. The output has room for them: its end, which is written last.
        var sectors = (section.Length - 1) / sectorSize + 1;
        var choices = section[^sectors..];
        foreach (ref var choice in choices) choice = reader.Next(ref bits);
        if (reader.IsInRun) throw new InvalidDataException("it has more choices than sectors");

        for (var sector = 0; sector < sectors; sector++)
        {
            // No sector reaches the choices after its own: each of those has at least a byte to itself behind it.
            var rest = section[(sector * sectorSize)..];
            ReadBytes(ref bits, codes[choices[sector]], rest[..Math.Min(sectorSize, rest.Length)], cancellationToken);
        }
    }

    private static void ReadBytes(ref BitReader bits, PrefixDecoder code, Span<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (ref var value in bytes) value = (byte)code.Read(ref bits);
    }
}
