namespace DeltaGlider.Vcdiff.Format;

/// <summary>One row of the code table: up to two instructions (RFC 3284 section 5.4). Size 0 means "a size follows".</summary>
internal readonly record struct CodeTableEntry(
    InstructionType Type1, byte Size1, byte Mode1,
    InstructionType Type2, byte Size2, byte Mode2);
