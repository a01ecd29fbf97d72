using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// Finds earlier occurrences of what starts at each position, nearest first for every length. Strings
/// that share four bytes are kept in chains, or in binary trees, which find the longest match sooner.
/// </summary>
internal sealed unsafe class MatchFinder : IDisposable
{
    private const int MinLength = 4;
    private const int ShortHashBits = 16;
    private const int SparseFrom = 16;
    private const int Ahead = 12;
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
    private uint _linksMask;

    private byte* _data;
    private int _length;

    /// <summary>The first position that is not in a tree yet, or -1.</summary>
    private int _waiting = -1;

    public MatchFinder(bool trees, int niceLength, int depth, int maxDistance)
    {
        _trees = trees;
        _niceLength = niceLength;
        _depth = depth;
        _maxDistance = maxDistance;
    }

    /// <summary>Positions that the links can tell apart; what is dropped by <see cref="Slide"/> is a multiple of it.</summary>
    public int RingSize => RingSizeFor(_maxDistance);

    /// <summary>What <see cref="RingSize"/> is for a reach.</summary>
    public static int RingSizeFor(int maxDistance) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(maxDistance, 1 << 8, 1 << 28));

    /// <summary>Forgets everything seen.</summary>
    public void Restart()
    {
        // Their sizes go with the data, and what is found goes with their sizes.
        NativeMemory.Free(_heads);
        NativeMemory.Free(_links);
        _heads = _links = null;
        _headsSize = 0;
        _waiting = -1;
        _length = 0;
    }

    /// <summary>There is more data, up to <paramref name="length"/>; what was there before may have moved.</summary>
    public void Continue(byte* data, int length)
    {
        _data = data;
        var before = _length;
        _length = length;
        var ring = (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, 1 << 8)), (uint)RingSize);
        // As long as the ring grows, no position has come around in it, so its links stay where they are.
        if (_links == null || ring > _linksMask + 1)
        {
            _links = (uint*)NativeMemory.Realloc(_links, (nuint)ring * (_trees ? 2u : 1u) * sizeof(uint));
            _linksMask = (uint)ring - 1;
        }
        GrowHeads(Math.Clamp(BitOperations.Log2((uint)ring) - (_trees ? 0 : 2), 12, 22));

        if (_waiting < 0) return;
        var from = _waiting;
        _waiting = -1;
        Skip(from, before - from);
    }

    /// <summary>The first <paramref name="count"/> bytes, a multiple of <see cref="RingSize"/>, are gone.</summary>
    public void Slide(int count)
    {
        if (_waiting >= 0) _waiting -= count;
        _length -= count;
        Lower(_heads, _headsSize, (uint)count);
        Lower(_links, ((nuint)_linksMask + 1) * (_trees ? 2u : 1u), (uint)count);
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
        var enters = MayEnter(position);
        var candidate4 = Enter(position, enters, out var candidate2, out var candidate3);

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
            ? Descend(position, enters, candidate4, limit, best, matches, count)
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
            if (!_trees && count > SparseFrom && (count & 3) != 0) continue;
            if (!MayEnter(position)) return;
            var candidate = Enter(position, true, out _, out _);
            if (_trees) Descend(position, true, candidate, Math.Min(_niceLength, _length - position), int.MaxValue, null, 0);
            else _links[(uint)position & _linksMask] = candidate;
        }
    }

    public void Dispose() => Restart();

    private static void Lower(uint* entries, nuint count, uint by)
    {
        for (nuint at = 0; at < count; at++) entries[at] = entries[at] > by ? entries[at] - by : 0;
    }

    /// <summary>More data gets more chains. The latest position of each old one finds its new place by its bytes.</summary>
    private void GrowHeads(int longBits)
    {
        const nuint Short = 2 << ShortHashBits;
        if (_heads != null && 32 - longBits >= _longHashShift) return;
        var size = Short + ((nuint)1 << longBits);
        var heads = (uint*)NativeMemory.AllocZeroed(size, sizeof(uint));
        if (_heads != null)
        {
            NativeMemory.Copy(_heads, heads, Short * sizeof(uint));
            for (var at = Short; at < _headsSize; at++)
            {
                if (_heads[at] == 0) continue;
                var head = heads + Short + (Read(_heads[at] - 1) * Multiplier >> 32 - longBits);
                *head = Math.Max(*head, _heads[at]);
            }
            NativeMemory.Free(_heads);
        }
        _heads = heads;
        _headsSize = size;
        _heads3 = _heads + (1 << ShortHashBits);
        _heads4 = _heads3 + (1 << ShortHashBits);
        _longHashShift = 32 - longBits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Read(uint position)
    {
        var bytes = Unsafe.ReadUnaligned<uint>(_data + position);
        return BitConverter.IsLittleEndian ? bytes : BinaryPrimitives.ReverseEndianness(bytes);
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

    /// <summary>
    /// Trees are ordered by what follows, as far as the nice length; a position too close to the end for that waits
    /// until there is more data.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MayEnter(int position)
    {
        if (!_trees || _length - position >= _niceLength) return true;
        if (_waiting < 0) _waiting = position;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsInReach(int position, uint candidate) =>
        candidate != 0 && (uint)position + 1 - candidate <= Math.Min(_linksMask, (uint)_maxDistance);

    /// <summary>Makes the position the latest of its hashes and returns those before it, each plus 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Enter(int position, bool enters, out uint candidate2, out uint candidate3)
    {
        var bytes = Read((uint)position);
        var head2 = _heads + (bytes & 0xFFFF);
        var head3 = _heads3 + (((bytes << 8) * Multiplier) >> (32 - ShortHashBits));
        var head4 = _heads4 + ((bytes * Multiplier) >> _longHashShift);
        candidate2 = *head2;
        candidate3 = *head3;
        if (Sse.IsSupported && position + Ahead + 4 <= _length) Sse.Prefetch0(_heads4 + ((Read((uint)position + Ahead) * Multiplier) >> _longHashShift));
        var candidate4 = *head4;
        if (enters) *head2 = *head3 = *head4 = (uint)position + 1;
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
    private int Descend(int position, bool enters, uint candidate, int limit, int best, LzmaMatch* matches, int count)
    {
        var here = _data + position;
        uint none = 0;
        var smaller = enters ? _links + 2 * ((uint)position & _linksMask) : &none;
        var larger = enters ? smaller + 1 : &none;
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
                candidate = children[1];
                if (enters) smaller = children + 1;
                smallerLength = length;
            }
            else
            {
                *larger = candidate;
                candidate = children[0];
                if (enters) larger = children;
                largerLength = length;
            }
        }
        *smaller = *larger = 0;
        return count;
    }
}
