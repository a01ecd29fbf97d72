namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>What the first byte of an LZMA2 chunk says.</summary>
internal readonly record struct Lzma2Control(
    bool IsStored, bool ResetsDictionary, bool ResetsState, bool HasProperties, int PlainLengthHigh)
{
    private const byte End = 0x00;
    public const byte StoredAfterReset = 0x01;
    public const byte Stored = 0x02;

    // Each resets more: nothing, the state, the properties too, the dictionary too.
    public const byte Lzma = 0x80;
    public const byte LzmaWithState = 0xA0;
    public const byte LzmaWithProperties = 0xC0;
    public const byte LzmaAfterReset = 0xE0;

    public static Lzma2Control Parse(byte value) => value switch
    {
        End => throw new InvalidDataException("the LZMA2 chunks are ended before the section is"),
        StoredAfterReset or Stored => new(true, value == StoredAfterReset, false, false, 0),
        < Lzma => throw new InvalidDataException($"an LZMA2 chunk has the unknown type 0x{value:X2}"),
        _ => new(false, value >= LzmaAfterReset, value >= LzmaWithState, value >= LzmaWithProperties, value & 0x1F),
    };
}
