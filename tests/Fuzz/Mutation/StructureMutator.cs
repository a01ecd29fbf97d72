using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Fuzz.Mutation;

/// <summary>Changes a delta field by field, so that what follows a change is still read and mutations reach deep.</summary>
internal static class StructureMutator
{
    public static byte[] Mutate(DeltaModel model, DeltaModel other, FuzzRandom random)
    {
        var delta = model.Clone();
        if (random.OneIn(2)) DropChecksums(delta);
        for (var changes = 1 + random.Skewed(6); changes > 0; changes--)
        {
            if (delta.Windows.Count == 0 || random.OneIn(12)) ChangeHeader(delta, random);
            else if (random.OneIn(6)) ChangeWindows(delta, other, random);
            else if (random.OneIn(3)) ChangeFields(delta, random.Pick(delta.Windows), random);
            else ChangeSections(delta, random.Pick(delta.Windows), other, random);
        }
        return delta.ToBytes();
    }

    private static void DropChecksums(DeltaModel delta)
    {
        foreach (var window in delta.Windows) window.Indicator &= unchecked((byte)~DeltaHeader.Checksum);
    }

    private static void ChangeHeader(DeltaModel delta, FuzzRandom random)
    {
        switch (random.Next(5))
        {
            case 0: delta.Indicator ^= (byte)(1 << random.Next(random.OneIn(4) ? 8 : 3)); break;
            case 1: delta.SecondaryId = random.OneIn(4) ? random.Byte() : random.Pick<byte>([1, 2, 16]); break;
            case 2:
                delta.Indicator |= DeltaHeader.HasSecondaryCompressor;
                delta.SecondaryId = random.Pick<byte>([1, 2, 16]);
                break;
            case 3:
                delta.Indicator |= DeltaHeader.HasApplicationHeader;
                delta.Application = random.OneIn(9) ? random.Bytes(random.Next(9000)) : ByteMutator.Mutate(delta.Application, [], random);
                break;
            default: delta.Tail = random.Bytes(random.Skewed(40)); break;
        }
    }

    private static void ChangeWindows(DeltaModel delta, DeltaModel other, FuzzRandom random)
    {
        var at = random.Next(delta.Windows.Count);
        switch (random.Next(5))
        {
            case 0: delta.Windows.RemoveAt(at); break;
            case 1: delta.Windows.Insert(random.Next(delta.Windows.Count + 1), delta.Windows[at].Clone()); break;
            case 2:
                var to = random.Next(delta.Windows.Count);
                (delta.Windows[at], delta.Windows[to]) = (delta.Windows[to], delta.Windows[at]);
                break;
            case 3: delta.Windows.RemoveRange(at + 1, delta.Windows.Count - at - 1); break;
            default:
                var first = random.Next(other.Windows.Count);
                var count = Math.Min(1 + random.Skewed(4), other.Windows.Count - first);
                delta.Windows.InsertRange(random.Next(delta.Windows.Count + 1), other.Windows.Skip(first).Take(count).Select(window => window.Clone()));
                break;
        }
    }

    private static void ChangeFields(DeltaModel delta, WindowModel window, FuzzRandom random)
    {
        switch (random.Next(9))
        {
            case 0: window.Indicator ^= (byte)(1 << random.Next(random.OneIn(4) ? 8 : 3)); break;
            case 1: window.SegmentLength = random.Interesting(window.SegmentLength); break;
            case 2: window.SegmentOffset = random.Interesting(window.SegmentOffset); break;
            case 3: window.TargetLength = random.Interesting(window.TargetLength); break;
            case 4: window.DeltaIndicator ^= (byte)(1 << random.Next(random.OneIn(6) ? 8 : 3)); break;
            case 5:
                var part = random.Next(4);
                window.Skew[part] = random.OneIn(2) ? random.Next(-2, 3) : random.Interesting(1000);
                if (part < 3 && random.OneIn(2)) window.Skew[3] = window.Skew[part]; // a lie that holds together
                break;
            case 6:
                window.Indicator |= DeltaHeader.Checksum;
                window.Checksum = random.Bytes(4);
                break;
            default:
                // A segment of earlier output, which begins where there is some.
                window.Indicator = (byte)((window.Indicator & ~DeltaHeader.SourceSegment) | DeltaHeader.TargetSegment);
                var before = delta.Windows.TakeWhile(other => other != window).Sum(other => Math.Clamp(other.TargetLength, 0, 1 << 24));
                window.SegmentOffset = random.Next((int)Math.Min(before + 1, int.MaxValue));
                window.SegmentLength = random.OneIn(4) ? random.Interesting(before - window.SegmentOffset) : random.Next((int)(before - window.SegmentOffset + 1));
                break;
        }
    }

    private static void ChangeSections(DeltaModel delta, WindowModel window, DeltaModel other, FuzzRandom random)
    {
        var kind = random.Next(3);
        var compressed = (window.DeltaIndicator & (1 << kind)) != 0;
        var section = window.Sections[kind];
        switch (random.Next(8))
        {
            case 0: window.Sections[kind] = []; break;
            case 1: window.Sections[kind] = section[..random.Next(section.Length + 1)]; break;
            case 2:
                var swap = random.Next(3);
                (window.Sections[kind], window.Sections[swap]) = (window.Sections[swap], section);
                break;
            case 3:
                var lender = random.Pick(random.OneIn(2) || other.Windows.Count == 0 ? delta.Windows : other.Windows);
                window.Sections[kind] = lender.Sections[random.OneIn(4) ? random.Next(3) : kind];
                break;
            case 4 when compressed: window.Sections[kind] = ChangePlainSize(section, random); break;
            case 5 when compressed && delta.SecondaryId == 2: window.Sections[kind] = ChangeLzma(section, random); break;
            case 4 or 5 when window.DeltaIndicator == 0: InstructionMutator.Insert(window, random); break;
            default:
                var lent = other.Windows.Count == 0 ? [] : random.Pick(other.Windows).Sections[kind];
                window.Sections[kind] = ByteMutator.Mutate(section, lent, random);
                break;
        }
    }

    private static byte[] ChangePlainSize(byte[] section, FuzzRandom random)
    {
        ReadOnlySpan<byte> rest = section;
        if (!Bytes.TryTakeVarint(ref rest, out var size)) return section;
        return [.. Bytes.Varint(random.OneIn(2) ? size + random.Next(-3, 4) : random.Interesting(size)), .. rest];
    }

    private static byte[] ChangeLzma(byte[] section, FuzzRandom random)
    {
        ReadOnlySpan<byte> rest = section;
        if (!Bytes.TryTakeVarint(ref rest, out _)) return section;
        return [.. section.AsSpan(0, section.Length - rest.Length), .. LzmaMutator.Mutate(rest.ToArray(), random)];
    }
}
