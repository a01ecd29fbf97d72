namespace DeltaGlider.Vcdiff.Format;

/// <summary>
/// The default instruction code table (RFC 3284 section 5.6) and its inverse, the opcode for an instruction.
/// </summary>
internal static class CodeTable
{
    /// <summary>The largest size an ADD opcode carries itself.</summary>
    public const int MaxInlineAdd = 17;

    /// <summary>The smallest and the largest size a COPY opcode carries itself.</summary>
    public const int MinInlineCopy = 4, MaxInlineCopy = 18;

    /// <summary>The opcode of a RUN; its size always follows.</summary>
    public const byte Run = 0;

    private const int FirstAdd = 1, FirstCopy = 19, FirstAddCopy = 163, FirstAddCopySame = 235, FirstCopyAdd = 247;
    private const int ModesWithThreeSizes = 6, Modes = 9;

    private static readonly CodeTableEntry[] Rows = Build();

    /// <summary>The 256 rows.</summary>
    public static ReadOnlySpan<CodeTableEntry> Default => Rows;

    /// <summary>The opcode of a lone ADD; the size follows when it is over <see cref="MaxInlineAdd"/>.</summary>
    public static byte Add(int size) => (byte)(size <= MaxInlineAdd ? FirstAdd + size : FirstAdd);

    /// <summary>The opcode of a lone COPY; the size follows when the opcode has no room for it.</summary>
    public static byte Copy(int size, int mode) => (byte)(FirstCopy + mode * 16 + (HasInlineCopy(size) ? size - MinInlineCopy + 1 : 0));

    /// <summary>True when a COPY opcode can carry <paramref name="size"/>.</summary>
    public static bool HasInlineCopy(int size) => size is >= MinInlineCopy and <= MaxInlineCopy;

    /// <summary>The opcode that stands for ADD then COPY, or -1 when the table has none.</summary>
    public static int AddThenCopy(int add, int copy, int mode)
    {
        if (add is < 1 or > 4 || copy < 4) return -1;
        if (mode < ModesWithThreeSizes) return copy <= 6 ? FirstAddCopy + mode * 12 + (add - 1) * 3 + copy - 4 : -1;
        return copy == 4 ? FirstAddCopySame + (mode - ModesWithThreeSizes) * 4 + add - 1 : -1;
    }

    /// <summary>The opcode that stands for COPY then ADD, or -1 when the table has none.</summary>
    public static int CopyThenAdd(int copy, int mode, int add) => copy == 4 && add == 1 ? FirstCopyAdd + mode : -1;

    private static CodeTableEntry[] Build()
    {
        var rows = new List<CodeTableEntry>(256) { Single(InstructionType.Run, 0, 0) };
        for (var size = 0; size <= MaxInlineAdd; size++) rows.Add(Single(InstructionType.Add, size, 0));
        for (var mode = 0; mode < Modes; mode++)
        {
            rows.Add(Single(InstructionType.Copy, 0, mode));
            for (var size = MinInlineCopy; size <= MaxInlineCopy; size++) rows.Add(Single(InstructionType.Copy, size, mode));
        }
        for (var mode = 0; mode < Modes; mode++)
            for (var add = 1; add <= 4; add++)
                for (var copy = 4; copy <= (mode < ModesWithThreeSizes ? 6 : 4); copy++)
                    rows.Add(new(InstructionType.Add, (byte)add, 0, InstructionType.Copy, (byte)copy, (byte)mode));
        for (var mode = 0; mode < Modes; mode++)
            rows.Add(new(InstructionType.Copy, 4, (byte)mode, InstructionType.Add, 1, 0));
        return [.. rows];
    }

    private static CodeTableEntry Single(InstructionType type, int size, int mode) =>
        new(type, (byte)size, (byte)mode, InstructionType.None, 0, 0);
}
