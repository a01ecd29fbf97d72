using System.Buffers.Binary;
using System.Text;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Deep.Finding;

/// <summary>
/// Reads the central directory of a zip file (APPNOTE.TXT 4.3.12 to 4.3.16), with zip64 and with bytes put in front of the
/// archive. Encrypted members and those that are neither deflated nor stored are passed over.
/// </summary>
internal static class ZipDirectory
{
    private const uint MemberSignature = 0x04034B50, EntrySignature = 0x02014B50;
    private const int MemberLength = 30, EntryLength = 46;
    private const int MaxUnsized = 0xFFFF;
    private const ushort Stored = 0, Deflated = 8;

    /// <summary>The members in the order of the directory; none when there is no directory that can be read.</summary>
    public static List<FoundStream> Read(SourceBuffer file, CancellationToken cancellationToken)
    {
        var found = new List<FoundStream>();
        if (ZipEnd.TryFind(file) is not { } end) return found;
        // What stands in front of an archive moves it all; the directory ends where its end record begins.
        var at = end.DirectoryEnd - end.DirectoryLength;
        var shift = at - end.DirectoryOffset;
        if (Signature(file, at) != EntrySignature)
        {
            at = end.DirectoryOffset;
            shift = 0;
        }

        while (found.Count < StreamFinder.MaxStreams && Signature(file, at) == EntrySignature && end.DirectoryEnd - at >= EntryLength)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entry = file.Slice(at, EntryLength);
            int nameLength = Word(entry, 28), extraLength = Word(entry, 30), commentLength = Word(entry, 32);
            if (end.DirectoryEnd - at - EntryLength < nameLength + extraLength + commentLength) break;
            var name = Encoding.Latin1.GetString(file.Slice(at + EntryLength, nameLength));
            var sizes = ZipSizes.Read(entry, file.Slice(at + EntryLength + nameLength, extraLength));
            at += EntryLength + nameLength + extraLength + commentLength;
            if (TryLocate(file, entry, sizes, shift) is { } offset)
                found.Add(new FoundStream(name, offset, sizes.Length, sizes.PlainLength, Word(entry, 10) == Deflated, Number(entry, 16)));
        }

        return found;
    }

    private static long? TryLocate(SourceBuffer file, ReadOnlySpan<byte> entry, ZipSizes sizes, long shift)
    {
        const int Encrypted = 1;
        if ((Word(entry, 8) & Encrypted) != 0 || Word(entry, 10) is not (Stored or Deflated)) return null;
        var start = sizes.Offset + shift;
        if (Signature(file, start) != MemberSignature || file.Length - start < MemberLength) return null;
        var member = file.Slice(start, MemberLength);
        var offset = start + MemberLength + Word(member, 26) + Word(member, 28);
        return offset <= file.Length && sizes.Length <= file.Length - offset ? offset : null;
    }

    private static uint Signature(SourceBuffer file, long at) => at >= 0 && at <= file.Length - 4 ? Number(file.Slice(at, 4), 0) : 0;

    private static ushort Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    /// <summary>The record at the end of a zip file: where the directory is.</summary>
    private readonly record struct ZipEnd(long DirectoryEnd, long DirectoryOffset, long DirectoryLength)
    {
        private const uint EndSignature = 0x06054B50, LocatorSignature = 0x07064B50, End64Signature = 0x06064B50;
        private const int EndLength = 22, LocatorLength = 20, End64Length = 56;

        public static ZipEnd? TryFind(SourceBuffer file)
        {
            var length = (int)Math.Min(file.Length, EndLength + MaxUnsized);
            var start = file.Length - length;
            var tail = file.Slice(start, length);
            for (var at = length - EndLength; at >= 0; at--)
            {
                if (Number(tail, at) != EndSignature || Word(tail, at + 20) > length - EndLength - at) continue;
                var end = Read64(file, start + at)
                    ?? new ZipEnd(start + at, Number(tail, at + 16), Number(tail, at + 12));
                return end.DirectoryLength <= end.DirectoryEnd ? end : null;
            }

            return null;
        }

        private static ZipEnd? Read64(SourceBuffer file, long end)
        {
            var locator = end - LocatorLength;
            if (Signature(file, locator) != LocatorSignature) return null;
            var start = (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(locator + 8, 8)), long.MaxValue);
            // With something in front of the archive it lies elsewhere: directly before the locator, if it is of the usual length.
            if (Signature(file, start) != End64Signature) start = locator - End64Length;
            if (Signature(file, start) != End64Signature || start > locator - End64Length) return null;
            var record = file.Slice(start, End64Length);
            var length = BinaryPrimitives.ReadUInt64LittleEndian(record[40..]);
            var offset = BinaryPrimitives.ReadUInt64LittleEndian(record[48..]);
            return length > long.MaxValue || offset > long.MaxValue ? null : new ZipEnd(start, (long)offset, (long)length);
        }
    }

    /// <summary>The sizes of an entry, from its zip64 field where its own do not hold them (APPNOTE.TXT 4.5.3).</summary>
    private readonly record struct ZipSizes(long PlainLength, long Length, long Offset)
    {
        private const ushort Zip64 = 1;

        public static ZipSizes Read(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
        {
            var field = Find64(extra);
            return new ZipSizes(Take(entry, 24, ref field), Take(entry, 20, ref field), Take(entry, 42, ref field));
        }

        private static long Take(ReadOnlySpan<byte> entry, int at, ref ReadOnlySpan<byte> field)
        {
            var value = Number(entry, at);
            if (value != uint.MaxValue || field.Length < 8) return value;
            var large = BinaryPrimitives.ReadUInt64LittleEndian(field);
            field = field[8..];
            // No file has so many bytes, so the range check refuses it.
            return (long)Math.Min(large, long.MaxValue / 4);
        }

        private static ReadOnlySpan<byte> Find64(ReadOnlySpan<byte> extra)
        {
            while (extra.Length >= 4)
            {
                var length = Math.Min(Word(extra, 2), extra.Length - 4);
                if (Word(extra, 0) == Zip64) return extra.Slice(4, length);
                extra = extra[(4 + length)..];
            }

            return [];
        }
    }
}
