namespace DeltaGlider.Vcdiff.Format;

/// <summary>The kinds of delta instruction (RFC 3284 section 5.4).</summary>
internal enum InstructionType : byte
{
    /// <summary>Nothing: the second half of a single instruction.</summary>
    None = 0,

    /// <summary>Literal bytes from the data section.</summary>
    Add = 1,

    /// <summary>One byte of the data section, repeated.</summary>
    Run = 2,

    /// <summary>Bytes from the source segment or the target window so far.</summary>
    Copy = 3,
}
