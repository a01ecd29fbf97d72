using System.Numerics;

namespace DeltaGlider.Vcdiff.Secondary.Fgk;

/// <summary>
/// The Huffman tree of the Faller-Gallager-Knuth method, which grows by every byte it has seen. All nodes lie in one
/// array by falling weight, the root first; siblings are neighbours, so nodes are exchanged by exchanging what lies
/// in their places, and the pairs of places never change.
/// </summary>
/// <remarks>
/// The code must be the one that xdelta3 comes to, which strays from the textbook where a node's neighbour is the
/// node of the bytes not seen yet, or the end of the array: there it leaves a heavier node in the block of lighter
/// ones. So blocks are kept, as xdelta3 keeps them, instead of being told from the weights.
/// </remarks>
internal sealed class FgkTree
{
    private const int Alphabet = 256;
    private const int PlaceCount = 2 * Alphabet - 1;
    private const int LastPlace = PlaceCount - 1;
    private const int NotALeaf = -1;

    /// <summary>By place: the byte of a leaf.</summary>
    private readonly int[] _symbol = new int[PlaceCount];

    /// <summary>By place: of an inner node, the place of its child for a 1. The child for a 0 is the next place.</summary>
    private readonly int[] _child = new int[PlaceCount];

    private readonly uint[] _weight = new uint[PlaceCount];

    /// <summary>By place: the block of nodes of one weight that it belongs to.</summary>
    private readonly int[] _block = new int[PlaceCount];

    /// <summary>By block: its first place.</summary>
    private readonly int[] _leader = new int[2 * PlaceCount];

    private readonly Stack<int> _freeBlocks = new(Enumerable.Range(0, 2 * PlaceCount).Reverse());

    /// <summary>By pair of places, which are 1 and 2, 3 and 4, and so on: the place of the parent.</summary>
    private readonly int[] _parent = new int[Alphabet];

    /// <summary>By byte: the place of its leaf; -1 for one not seen yet.</summary>
    private readonly int[] _place = new int[Alphabet];

    /// <summary>The bytes not seen yet, in order.</summary>
    private readonly byte[] _unseen = new byte[Alphabet];

    private int _unseenCount = Alphabet;

    /// <summary>The place of the node that stands for all bytes not seen yet: the last in use; -1 when all are seen.</summary>
    private int _unseenPlace;

    public FgkTree()
    {
        for (var value = 0; value < Alphabet; value++) _unseen[value] = (byte)value;
        Array.Fill(_place, -1);
        _symbol[0] = NotALeaf;
    }

    /// <summary>Reads one byte and learns from it.</summary>
    public byte Read(ref BitReader bits)
    {
        var at = 0;
        while (at != _unseenPlace && _symbol[at] == NotALeaf) at = _child[at] + 1 - (int)bits.Bit();
        byte value;
        if (at == _unseenPlace)
        {
            var index = bits.Number(BitOperations.Log2((uint)_unseenCount - 1 | 1) + (_unseenCount > 1 ? 1 : 0));
            if (index >= _unseenCount) throw new InvalidDataException("it has a code that stands for nothing");
            value = _unseen[index];
        }
        else
        {
            value = (byte)_symbol[at];
        }
        Learn(value);
        return value;
    }

    /// <summary>Takes account of one more byte.</summary>
    public void Learn(byte value)
    {
        var at = _place[value];
        if (at < 0) at = AddLeaf(value);
        // No path is longer than there are inner nodes; a damaged delta must not make a ring.
        for (var steps = 0; at != 0; steps++)
        {
            if (steps == Alphabet) throw new InvalidDataException("its code has come apart");
            at = MoveToFrontOfBlock(at);
            LeaveBlock(at);
            _weight[at]++;
            at = ParentOf(at);
        }
        _weight[0]++;
    }

    private int ParentOf(int place) => _parent[(place - 1) >> 1];

    /// <summary>Gives a byte seen for the first time a leaf, of weight 0 for now.</summary>
    private int AddLeaf(byte value)
    {
        var inner = _unseenPlace;
        if (_unseenCount == 1)
        {
            // The node of the unseen bytes is no longer needed and becomes the leaf itself.
            _unseenPlace = -1;
            _unseenCount = 0;
            _block[inner] = BlockForNew(inner);
            return SetLeaf(inner, value);
        }

        // That node becomes the parent of the new leaf and of the new node of the unseen bytes.
        var leaf = inner + 1;
        if (inner == 0)
        {
            _block[leaf] = NewBlock(leaf);
            _block[inner] = NewBlock(inner);
        }
        else
        {
            _block[leaf] = _block[inner] = BlockForNew(inner);
        }
        _child[inner] = leaf;
        _parent[inner >> 1] = inner;
        _unseenPlace = inner + 2;
        _symbol[_unseenPlace] = NotALeaf;

        var index = Array.IndexOf(_unseen, value, 0, _unseenCount);
        Array.Copy(_unseen, index + 1, _unseen, index, --_unseenCount - index);
        return SetLeaf(leaf, value);
    }

    private int SetLeaf(int place, byte value)
    {
        _symbol[place] = value;
        return _place[value] = place;
    }

    private int BlockForNew(int place) => _weight[place - 1] == 1 ? _block[place - 1] : NewBlock(place);

    /// <summary>Exchanges a node that is about to gain weight with the first one of its block.</summary>
    private int MoveToFrontOfBlock(int place)
    {
        if (_weight[place] == 0) return place;
        var leader = _leader[_block[place]];
        if (leader == place || leader == ParentOf(place)) return place;
        (_weight[place], _weight[leader]) = (_weight[leader], _weight[place]);
        (_symbol[place], _symbol[leader]) = (_symbol[leader], _symbol[place]);
        (_child[place], _child[leader]) = (_child[leader], _child[place]);
        Settle(place);
        Settle(leader);
        return leader;
    }

    /// <summary>Tells those who look for the node in a place that it is there now.</summary>
    private void Settle(int place)
    {
        if (_symbol[place] == NotALeaf) _parent[_child[place] >> 1] = place;
        else _place[_symbol[place]] = place;
    }

    /// <summary>Moves the first node of a block, which is about to gain weight, into the block before.</summary>
    private void LeaveBlock(int place)
    {
        var weight = _weight[place];
        if (weight == 0) return;
        var old = _block[place];
        var joins = place > 1 && _weight[place - 1] == weight + 1;
        if (_symbol[place] == NotALeaf && _child[place] == place + 1 && place + 2 == _unseenPlace)
        {
            // The only child that counts gained its weight before; the two go together.
            if (!joins) return;
            _freeBlocks.Push(old);
            _block[place] = _block[place + 1] = _block[place - 1];
            return;
        }
        if (place == (_unseenPlace < 0 ? LastPlace : _unseenPlace - 1)) return;

        if (_block[place + 1] == old) _leader[old] = place + 1;
        else _freeBlocks.Push(old);
        _block[place] = joins ? _block[place - 1] : NewBlock(place);
    }

    private int NewBlock(int leader)
    {
        if (!_freeBlocks.TryPop(out var block)) throw new InvalidDataException("its code has come apart");
        _leader[block] = leader;
        return block;
    }
}
