namespace DeltaGlider.Deep.Deflate;

/// <summary>How an encoder hashes the bytes at a position.</summary>
internal enum HashKind
{
    /// <summary>Three bytes, shifted and joined by exclusive or.</summary>
    Shifts,

    /// <summary>Four bytes, multiplied.</summary>
    Product,

    /// <summary>Four bytes, multiplied by the golden ratio of 32 bits.</summary>
    Golden,

    /// <summary>The CRC-32C of three bytes, which stand as a word with a zero.</summary>
    Crc3,

    /// <summary>The CRC-32C of four bytes.</summary>
    Crc4,
}
