using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeltaGlider.Deep.Deflate;

/// <summary>
/// 64 KiB of input, of which the upper half moves down when it has been worked through, and the hash chains over it.
/// Positions are those in the window; position 0 stands for "none", as in every encoder of this kin.
/// </summary>
internal sealed class DeflateWindow
{
    public const int Size = 32 * 1024;

    /// <summary>With less input than this ahead, a match might be cut short: more is needed, or the end.</summary>
    public const int MinLookahead = DeflateFormat.MaxMatch + DeflateFormat.MinMatch + 1;

    public const int MaxDistance = Size - MinLookahead;

    private const int Mask = Size - 1;

    // Encoders that look past the end find there what was in the buffer before: never cleared, except as gzip does it.
    private readonly byte[] _bytes = new byte[Size * 2 + MinLookahead];
    private readonly ushort[] _previous = new ushort[Size];
    private readonly ushort[] _heads;
    private readonly HashKind _hash;
    private readonly int _hashShift;
    private readonly int _hashMask;
    private readonly bool _slidesAtEnd;
    private readonly bool _movesAll; // what lies behind the end as well

    public DeflateWindow(DeflateParameters parameters)
    {
        _heads = new ushort[1 << parameters.HashBits];
        _hash = parameters.Hash;
        _hashMask = _heads.Length - 1;
        _hashShift = (parameters.HashBits + DeflateFormat.MinMatch - 1) / DeflateFormat.MinMatch;
        _slidesAtEnd = !parameters.LooksPastEnd;
        _movesAll = parameters.LooksPastEnd || parameters.StopsPastEnd;
    }

    /// <summary>Where the encoder is.</summary>
    public int Position { get; set; }

    /// <summary>Where the block began; negative once that has left the window.</summary>
    public int BlockStart { get; set; }

    /// <summary>Where the input so far ends.</summary>
    public int End { get; private set; }

    public int Lookahead => End - Position;

    public bool IsFull => End == Size * 2;

    /// <summary>The upper half has been worked through.</summary>
    public bool IsSlideDue => Position >= Size + MaxDistance;

    public byte this[int position] => _bytes[position];

    public ReadOnlySpan<byte> Slice(int start, int length) => _bytes.AsSpan(start, length);

    /// <summary>The window's bytes for the match finder, which reads beyond <see cref="End"/> but not beyond the buffer.</summary>
    public ref byte First => ref MemoryMarshal.GetArrayDataReference(_bytes);

    /// <summary>True while there is enough ahead to decide the next symbol: any at all when there will be no more.</summary>
    public bool CanStep(bool isEnd)
    {
        if (Lookahead >= MinLookahead) return true;
        if (!isEnd) return false;
        if (_slidesAtEnd && IsSlideDue) Slide();
        return Lookahead > 0;
    }

    /// <summary>Takes in as many bytes as there is room for.</summary>
    public int Fill(ReadOnlySpan<byte> data)
    {
        var count = Math.Min(data.Length, Size * 2 - End);
        data[..count].CopyTo(_bytes.AsSpan(End));
        End += count;
        return count;
    }

    /// <summary>gzip zeroes this much behind the end, and no more.</summary>
    public void ZeroBehindEnd() => _bytes.AsSpan(End, DeflateFormat.MinMatch - 1).Clear();

    /// <summary>Moves the upper half down. The upper half keeps its bytes until new ones come.</summary>
    public void Slide()
    {
        _bytes.AsSpan(Size, _movesAll ? Size : End - Size).CopyTo(_bytes);
        Position -= Size;
        BlockStart -= Size;
        End -= Size;
        Slide(_heads);
        Slide(_previous);
    }

    /// <summary>Notes the three bytes at <paramref name="position"/>.</summary>
    /// <returns>The last place before where three bytes of the same hash were noted, or 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Insert(int position)
    {
        var hash = Hash(ref Unsafe.Add(ref First, position));
        ref var head = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_heads), hash);
        var last = head;
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_previous), position & Mask) = last;
        head = (ushort)position;
        return last;
    }

    /// <summary>As <see cref="Insert"/>; a position that was the last one noted for its bytes is not noted again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int InsertOnce(int position)
    {
        var hash = Hash(ref Unsafe.Add(ref First, position));
        ref var head = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_heads), hash);
        var last = head;
        if (last == position) return last;
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_previous), position & Mask) = last;
        head = (ushort)position;
        return last;
    }

    /// <summary>The place before <paramref name="position"/> in its chain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Before(int position) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_previous), position & Mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Hash(ref byte bytes)
    {
        if (_hash == HashKind.Shifts)
            return (bytes << _hashShift * 2 ^ Unsafe.Add(ref bytes, 1) << _hashShift ^ Unsafe.Add(ref bytes, 2)) & _hashMask;
        var word = Unsafe.ReadUnaligned<uint>(ref bytes);
        if (!BitConverter.IsLittleEndian) word = BinaryPrimitives.ReverseEndianness(word);
        if (_hash == HashKind.Product) return (int)(word * 66521 + 66521 >> 16) & _hashMask;
        if (_hash == HashKind.Golden) return (int)(word * 2654435761 >> 16);
        if (_hash == HashKind.Crc3) word &= 0xffffff;
        // The instruction where there is one, else the runtime's own table.
        return (int)BitOperations.Crc32C(0u, word) & _hashMask;
    }

    private static void Slide(Span<ushort> positions)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            var position = positions[i];
            positions[i] = (ushort)(position >= Size ? position - Size : 0);
        }
    }
}
