using System.Buffers.Binary;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Vcdiff.Tests;

/// <summary>
/// A second reading of RFC 3284, as strict as the strictest xdelta3 and as simple as can be: one byte at a time,
/// from the RFC's own tables. Throws <see cref="FormatException"/> at the first thing that xdelta3 refuses.
/// </summary>
internal sealed class DeltaParser
{
    private readonly byte[] _delta;
    private readonly byte[] _source;
    private readonly List<byte> _target = [];
    private readonly LzmaSectionDecompressor?[] _streams = new LzmaSectionDecompressor?[3];
    private int _at;

    private DeltaParser(byte[] delta, byte[] source)
    {
        _delta = delta;
        _source = source;
    }

    public sealed record Window(
        byte Indicator, long SegmentLength, long SegmentOffset, int TargetLength, uint? Adler, IReadOnlyList<Instruction> Instructions);

    /// <summary>Kind is 'A', 'R' or 'C'; the address of a copy counts from the segment's start.</summary>
    public sealed record Instruction(char Kind, int Size, long Address);

    public sealed record Delta(byte HeaderIndicator, byte[]? ApplicationHeader, IReadOnlyList<Window> Windows, byte[] Target);

    public static Delta Parse(byte[] delta, byte[] source) => new DeltaParser(delta, source).ParseFile();

    private static void Require(bool condition, string rule)
    {
        if (!condition) throw new FormatException(rule);
    }

    private Delta ParseFile()
    {
        Require(_delta.AsSpan().StartsWith<byte>([0xD6, 0xC3, 0xC4, 0x00]), "magic and version 0");
        _at = 4;
        var indicator = _delta[_at++];
        Require((indicator & ~5) == 0, "no code table, no unknown bits");
        if ((indicator & 1) != 0) Require(_delta[_at++] == 2, "LZMA as the only secondary compressor");
        byte[]? application = null;
        if ((indicator & 4) != 0)
        {
            var length = (int)Varint(_delta, ref _at);
            application = _delta[_at..(_at + length)];
            _at += length;
        }
        var windows = new List<Window>();
        while (_at < _delta.Length) windows.Add(ParseWindow((indicator & 1) != 0));
        Require(windows.Count > 0, "at least one window");
        return new Delta(indicator, application, windows, [.. _target]);
    }

    private Window ParseWindow(bool mayCompress)
    {
        var indicator = _delta[_at++];
        Require((indicator & ~5) == 0, "VCD_SOURCE and VCD_ADLER32 only, never VCD_TARGET");
        long segmentLength = 0, segmentOffset = 0;
        if ((indicator & 1) != 0)
        {
            segmentLength = Varint(_delta, ref _at);
            segmentOffset = Varint(_delta, ref _at);
            Require(segmentLength > 0 && segmentOffset + segmentLength <= _source.Length, "a segment within the source");
        }
        var encoding = Varint(_delta, ref _at);
        var end = _at + encoding;
        Require(end <= _delta.Length, "a whole window");
        var targetLength = (int)Varint(_delta, ref _at);
        Require(targetLength <= 1 << 24, "a window of at most 16 MiB");
        Require(segmentLength + targetLength < 1L << 32, "segment and window together below 4 GiB");
        var compressed = _delta[_at++];
        Require(compressed < 8 && (compressed == 0 || mayCompress), "compressed sections only where the header names a compressor");
        var dataLength = (int)Varint(_delta, ref _at);
        var instructionsLength = (int)Varint(_delta, ref _at);
        var addressesLength = (int)Varint(_delta, ref _at);
        uint? adler = null;
        if ((indicator & 4) != 0)
        {
            adler = BinaryPrimitives.ReadUInt32BigEndian(_delta.AsSpan(_at));
            _at += 4;
        }
        Require(_at + dataLength + instructionsLength + addressesLength == end, "sections that fill the window's length");
        var dataSection = TakeSection(0, compressed, dataLength);
        var instructions = TakeSection(1, compressed, instructionsLength);
        var addresses = TakeSection(2, compressed, addressesLength);
        int data = 0, inst = 0, addr = 0;

        var start = _target.Count;
        var near = new long[4];
        var same = new long[768];
        var nextNear = 0;
        var done = new List<Instruction>();
        while (inst < instructions.Length)
        {
            foreach (var (kind, tableSize, mode) in Row(instructions[inst++]))
            {
                var size = tableSize == 0 ? (int)Varint(instructions, ref inst) : tableSize;
                var before = _target.Count - start;
                Require(size > 0 && size <= targetLength - before, "an instruction that fits the window");
                if (kind != 'C')
                {
                    Require(data + (kind == 'A' ? size : 1) <= dataSection.Length, "literals within the data section");
                    for (var i = 0; i < size; i++) _target.Add(dataSection[kind == 'A' ? data + i : data]);
                    data += kind == 'A' ? size : 1;
                    done.Add(new Instruction(kind, size, -1));
                    continue;
                }
                var here = segmentLength + before;
                Require(addr < addresses.Length, "an address within the section");
                var address = mode switch
                {
                    0 => Varint(addresses, ref addr),
                    1 => here - Varint(addresses, ref addr),
                    < 6 => near[mode - 2] + Varint(addresses, ref addr),
                    _ => same[(mode - 6) * 256 + addresses[addr++]],
                };
                near[nextNear++ % 4] = address;
                same[address % 768] = address;
                Require(address >= 0 && address < here, "an address that exists");
                Require(address >= segmentLength || address + size <= segmentLength, "a copy that does not span segment and target");
                for (var i = 0; i < size; i++)
                    _target.Add(address < segmentLength
                        ? _source[segmentOffset + address + i]
                        : _target[start + (int)(address - segmentLength) + i]);
                done.Add(new Instruction('C', size, address));
            }
        }
        Require(_target.Count - start == targetLength, "a window filled exactly");
        Require(data == dataSection.Length && addr == addresses.Length, "sections used up exactly");
        return new Window(indicator, segmentLength, segmentOffset, targetLength, adler, done);
    }

    /// <summary>RFC 3284 section 5.6, worked out from the text of the table.</summary>
    private static (char Kind, int Size, int Mode)[] Row(int opcode) => opcode switch
    {
        0 => [('R', 0, 0)],
        <= 18 => [('A', opcode - 1, 0)],
        <= 162 => [('C', (opcode - 19) % 16 is 0 ? 0 : (opcode - 19) % 16 + 3, (opcode - 19) / 16)],
        <= 234 => [('A', (opcode - 163) / 3 % 4 + 1, 0), ('C', (opcode - 163) % 3 + 4, (opcode - 163) / 12)],
        <= 246 => [('A', (opcode - 235) % 4 + 1, 0), ('C', 4, (opcode - 235) / 4 + 6)],
        _ => [('C', 4, opcode - 247), ('A', 1, 0)],
    };

    /// <summary>One section; a compressed one is its plain length and the next bytes of its kind's one .xz stream.</summary>
    private byte[] TakeSection(int kind, int compressed, int length)
    {
        var section = _delta[_at..(_at += length)];
        if ((compressed >> kind & 1) == 0) return section;
        var at = 0;
        var plain = new byte[Varint(section, ref at)];
        Require(section.Length < plain.Length, "a compressed section that is shorter than it was");
        _streams[kind] ??= new LzmaSectionDecompressor(1 << 24);
        _streams[kind]!.Decompress(section.AsSpan(at), plain, CancellationToken.None);
        return plain;
    }

    private static long Varint(byte[] bytes, ref int at)
    {
        Require(at < bytes.Length && bytes[at] != 0x80, "a minimal integer");
        long value = 0;
        while (true)
        {
            Require(at < bytes.Length, "a whole integer");
            var next = bytes[at++];
            value = checked(value * 128 + (next & 0x7F));
            if (next < 0x80) return value;
        }
    }
}
