using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Fuzz.Mutation;

/// <summary>Adds an instruction with the literals and addresses that it asks for, and room for it in the window.</summary>
internal static class InstructionMutator
{
    public static void Insert(WindowModel window, FuzzRandom random)
    {
        var opcode = random.Byte();
        var row = CodeTable.Default[opcode];
        List<byte> data = [], sizes = [], addresses = [];
        long made = 0;
        foreach (var (type, size, mode) in new[] { (row.Type1, row.Size1, row.Mode1), (row.Type2, row.Size2, row.Mode2) })
        {
            if (type == InstructionType.None) continue;
            long length = size;
            if (size == 0)
            {
                length = random.OneIn(6) ? random.Interesting(window.TargetLength) : random.Skewed(type == InstructionType.Add ? 300 : 40_000);
                Bytes.AddVarint(sizes, length);
            }
            made += Math.Min(length, 1 << 20);
            if (type == InstructionType.Add) data.AddRange(random.Bytes((int)Math.Min(length, 400)));
            else if (type == InstructionType.Run) data.Add(random.Byte());
            else if (mode >= AddressCache.FirstSame) addresses.Add(random.Byte());
            else Bytes.AddVarint(addresses, random.OneIn(6) ? random.Interesting(window.SegmentLength) : random.Next((int)Math.Min(window.SegmentLength + window.TargetLength, 1 << 20)));
        }
        window.TargetLength += random.OneIn(8) ? 0 : made;
        // At the very end or the very front, as elsewhere it could land within an instruction.
        byte[][] added = [[.. data], [opcode, .. sizes], [.. addresses]];
        var front = random.OneIn(2);
        for (var kind = 0; kind < 3; kind++)
            window.Sections[kind] = front ? [.. added[kind], .. window.Sections[kind]] : [.. window.Sections[kind], .. added[kind]];
    }
}
