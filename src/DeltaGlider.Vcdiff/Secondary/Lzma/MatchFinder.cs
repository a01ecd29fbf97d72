using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// Finds earlier occurrences of what starts at each position of one section, nearest first for every length. Strings
/// that share four bytes are kept in chains, or in binary trees, which find the longest match sooner.
/// </summary>
internal sealed unsafe class MatchFinder : IDisposable
{
    private const int MinLength = 4;
    private const int ShortHashBits = 16;
    private const uint Multiplier = 2654435761;

    private readonly bool _trees;
    private readonly int _niceLength;
    private readonly int _depth;
    private readonly int _maxDistance;

    /// <summary>By hash of 2, 3 and 4 bytes: the last position plus 1; 0 for none.</summary>
    private uint* _heads;
    private uint* _heads3;
    private uint* _heads4;
    private nuint _headsSize;
    private int _longHashShift;

    /// <summary>By position, as far back as the dictionary reaches: the one before in the chain, or both children.</summary>
    private uint* _links;
    private nuint _linksSize;
    private uint _linksMask;

    private byte* _data;
    private int _length;

    public MatchFinder(bool trees, int niceLength, int depth, int maxDistance)
    {
        _trees = trees;
        _niceLength = niceLength;
        _depth = depth;
        _maxDistance = maxDistance;
    }

    /// <summary>Turns to a new section, which must stay where it is.</summary>
    public void Start(byte* data, int length)
    {
        _data = data;
        _length = length;
        var reach = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Math.Min(length, _maxDistance), 1 << 8, 1 << 28));
        _linksMask = (uint)reach - 1;
        Ensure(ref _links, ref _linksSize, (nuint)reach * (_trees ? 2u : 1u));

        var longBits = Math.Clamp(BitOperations.Log2((uint)reach), 10, 22);
        _longHashShift = 32 - longBits;
        var heads = (nuint)(2 << ShortHashBits) + (nuint)(1 << longBits);
        Ensure(ref _heads, ref _headsSize, heads);
        NativeMemory.Clear(_heads, heads * sizeof(uint));
        _heads3 = _heads + (1 << ShortHashBits);
        _heads4 = _heads3 + (1 << ShortHashBits);
    }

    /// <summary>
    /// Takes in <paramref name="position"/> and lists matches for it, each longer and farther than the one before.
    /// Matches are at least 2 and at most <see cref="LzmaModel.MaxMatchLength"/> long; only the last may be longer
    /// than the nice length.
    /// </summary>
    public int Find(int position, LzmaMatch* matches)
    {
        if (_length - position < MinLength) return 0;
        var here = _data + position;
        var limit = Math.Min(_niceLength, _length - position);
        var candidate4 = Enter(position, out var candidate2, out var candidate3);

        var count = 0;
        var best = 1;
        if (IsInReach(position, candidate2))
        {
            var length = CommonLength(_data + candidate2 - 1, here, 0, limit);
            if (length > best) matches[count++] = new(best = length, (uint)position - candidate2);
        }
        if (best < limit && candidate3 != candidate2 && IsInReach(position, candidate3))
        {
            var length = CommonLength(_data + candidate3 - 1, here, 0, limit);
            if (length > best) matches[count++] = new(best = length, (uint)position - candidate3);
        }
        count = _trees
            ? Descend(position, candidate4, limit, best, matches, count)
            : Follow(position, candidate4, limit, best, matches, count);

        if (count > 0 && matches[count - 1].Length == limit && limit == _niceLength)
        {
            ref var last = ref matches[count - 1];
            last = last with
            {
                Length = CommonLength(here - last.Distance - 1, here, limit, Math.Min(LzmaModel.MaxMatchLength, _length - position)),
            };
        }
        return count;
    }

    /// <summary>Takes in positions without looking for matches.</summary>
    public void Skip(int position, int count)
    {
        for (; count > 0; count--, position++)
        {
            if (_length - position < MinLength) return;
            var candidate = Enter(position, out _, out _);
            if (_trees) Descend(position, candidate, Math.Min(_niceLength, _length - position), int.MaxValue, null, 0);
            else _links[(uint)position & _linksMask] = candidate;
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_heads);
        NativeMemory.Free(_links);
        _heads = _links = null;
        _headsSize = _linksSize = 0;
    }

    private static void Ensure(ref uint* memory, ref nuint size, nuint wanted)
    {
        if (wanted <= size) return;
        NativeMemory.Free(memory);
        memory = (uint*)NativeMemory.Alloc(wanted, sizeof(uint));
        size = wanted;
    }

    /// <summary>How many bytes are equal, when the first <paramref name="known"/> are.</summary>
    internal static int CommonLength(byte* a, byte* b, int known, int limit)
    {
        var at = known;
        for (; at + sizeof(ulong) <= limit; at += sizeof(ulong))
        {
            var difference = Unsafe.ReadUnaligned<ulong>(a + at) ^ Unsafe.ReadUnaligned<ulong>(b + at);
            if (difference == 0) continue;
            if (!BitConverter.IsLittleEndian) difference = BinaryPrimitives.ReverseEndianness(difference);
            return at + (BitOperations.TrailingZeroCount(difference) >> 3);
        }
        while (at < limit && a[at] == b[at]) at++;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsInReach(int position, uint candidate) =>
        candidate != 0 && (uint)position + 1 - candidate <= Math.Min(_linksMask, (uint)_maxDistance);

    /// <summary>Makes the position the latest of its hashes and returns those before it, each plus 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Enter(int position, out uint candidate2, out uint candidate3)
    {
        var bytes = BinaryPrimitives.ReadUInt32LittleEndian(new ReadOnlySpan<byte>(_data + position, sizeof(uint)));
        var head2 = _heads + (bytes & 0xFFFF);
        var head3 = _heads3 + (((bytes << 8) * Multiplier) >> (32 - ShortHashBits));
        var head4 = _heads4 + ((bytes * Multiplier) >> _longHashShift);
        candidate2 = *head2;
        candidate3 = *head3;
        var candidate4 = *head4;
        *head2 = *head3 = *head4 = (uint)position + 1;
        return candidate4;
    }

    private int Follow(int position, uint candidate, int limit, int best, LzmaMatch* matches, int count)
    {
        var here = _data + position;
        _links[(uint)position & _linksMask] = candidate;
        for (var depth = _depth; depth > 0 && best < limit && IsInReach(position, candidate); depth--)
        {
            var there = _data + candidate - 1;
            if (there[best] == here[best] && Unsafe.ReadUnaligned<uint>(there) == Unsafe.ReadUnaligned<uint>(here))
            {
                var length = CommonLength(there, here, MinLength, limit);
                if (length > best) matches[count++] = new(best = length, (uint)position - candidate);
            }
            candidate = _links[(candidate - 1) & _linksMask];
        }
        return count;
    }

    /// <summary>
    /// Makes the position the root of its tree and hangs what was there to its left and right, by order of strings;
    /// all matches lie on the way.
    /// </summary>
    private int Descend(int position, uint candidate, int limit, int best, LzmaMatch* matches, int count)
    {
        var here = _data + position;
        var smaller = _links + 2 * ((uint)position & _linksMask);
        var larger = smaller + 1;
        int smallerLength = 0, largerLength = 0;
        for (var depth = _depth; depth > 0 && IsInReach(position, candidate); depth--)
        {
            var there = _data + candidate - 1;
            var children = _links + 2 * ((candidate - 1) & _linksMask);
            var length = CommonLength(there, here, Math.Min(smallerLength, largerLength), limit);
            if (length > best) matches[count++] = new(best = length, (uint)position - candidate);
            if (length == limit)
            {
                // As good as the same string: the older one goes, its children stay.
                *smaller = children[0];
                *larger = children[1];
                return count;
            }
            if (there[length] < here[length])
            {
                *smaller = candidate;
                smaller = children + 1;
                candidate = *smaller;
                smallerLength = length;
            }
            else
            {
                *larger = candidate;
                larger = children;
                candidate = *larger;
                largerLength = length;
            }
        }
        *smaller = *larger = 0;
        return count;
    }
}
