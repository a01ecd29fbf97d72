using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// Tells, before the slow work, which blocks of a section cannot shrink: those whose bytes are spread evenly and
/// have no strings in common with others. Already compressed content is like that, and makes up most of what is new
/// in a release archive.
/// </summary>
internal sealed unsafe class SectionSurvey : IDisposable
{
    /// <summary>What is judged at once: as much as a stored chunk holds.</summary>
    public const int BlockLength = 1 << 16;

    /// <summary>A block is even when a code for single bytes would save less than about 1 byte in 700.</summary>
    private const int Evenness = 50;

    /// <summary>A block is new when less than one in this many of its anchors was there before.</summary>
    private const int Newness = 64;

    /// <summary>One string in 16 is an anchor: chosen by what it is, so that its repetitions are chosen too.</summary>
    private const int AnchorShift = 60;
    private const int AnchorLength = sizeof(ulong);
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const int MinTableBits = 10;
    private const int MaxTableBits = 18;

    private readonly NativeList<BlockCounts> _blocks = new();
    private uint* _table;
    private int _tableBits;
    private int _allocatedBits;

    private struct BlockCounts
    {
        public int Anchors;
        public int Shared;
        public bool IsEven;
    }

    public void Look(byte* section, int length)
    {
        _blocks.Clear();
        PrepareTable(length);
        for (var start = 0; start < length; start += BlockLength)
        {
            var end = Math.Min(start + BlockLength, length);
            _blocks.Add(new BlockCounts { IsEven = IsEven(new ReadOnlySpan<byte>(section + start, end - start)) });
        }
        for (var start = 0; start < length; start += BlockLength)
            CountAnchors(section, start, Math.Min(start + BlockLength, length - AnchorLength + 1));
    }

    /// <summary>True when it is no use to compress the block with this position in it.</summary>
    public bool IsIncompressible(int position)
    {
        ref var block = ref _blocks[position / BlockLength];
        return block.IsEven && block.Shared * Newness <= block.Anchors;
    }

    public void Dispose()
    {
        _blocks.Dispose();
        NativeMemory.Free(_table);
        _table = null;
        _allocatedBits = 0;
    }

    private static bool IsEven(ReadOnlySpan<byte> block)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (var value in block) counts[value]++;
        long squares = 0;
        foreach (var count in counts) squares += (long)count * count;
        var perfect = (long)block.Length * block.Length;
        return 256 * squares - perfect < perfect / Evenness;
    }

    private void PrepareTable(int length)
    {
        // The size goes by this section alone, or the verdict would depend on the sections before it.
        _tableBits = Math.Clamp(BitOperations.Log2((uint)length | 1) - 3, MinTableBits, MaxTableBits);
        if (_tableBits > _allocatedBits)
        {
            NativeMemory.Free(_table);
            _table = (uint*)NativeMemory.Alloc((nuint)1 << _tableBits, sizeof(uint));
            _allocatedBits = _tableBits;
        }
        NativeMemory.Clear(_table, ((nuint)1 << _tableBits) * sizeof(uint));
    }

    private void CountAnchors(byte* section, int start, int end)
    {
        ref var block = ref _blocks[start / BlockLength];
        for (var at = start; at < end; at++)
        {
            var text = Unsafe.ReadUnaligned<ulong>(section + at);
            var hash = text * Multiplier;
            if (hash >> AnchorShift != 0) continue;
            block.Anchors++;
            ref var entry = ref _table[(hash << (64 - AnchorShift)) >> (64 - _tableBits)];
            if (entry != 0 && Unsafe.ReadUnaligned<ulong>(section + entry - 1) == text)
            {
                block.Shared++;
                _blocks[(int)(entry - 1) / BlockLength].Shared++;
            }
            entry = (uint)at + 1;
        }
    }
}
