namespace DeltaGlider.Deep.Finding;

/// <summary>
/// A member that an archive seems to hold. What it says is the archive's word and may be wrong; only that the range lies
/// within the file has been checked.
/// </summary>
/// <param name="Name">The member's name, byte for byte as Latin-1; empty for a gzip member.</param>
/// <param name="Offset">Where the member's bytes begin in the file.</param>
/// <param name="Length">How many there are.</param>
/// <param name="PlainLength">How many it has when it is inflated.</param>
/// <param name="IsDeflated">It is a deflate stream; otherwise its bytes are stored as they are.</param>
/// <param name="Crc">The CRC-32 of its content; 0 where it is not known.</param>
internal readonly record struct FoundStream(string Name, long Offset, long Length, long PlainLength, bool IsDeflated, uint Crc)
{
    /// <summary>The first byte behind the member.</summary>
    public long End => Offset + Length;
}
