namespace DeltaGlider.Deep.Deflate;

/// <summary>
/// Builds the code of one alphabet from how often its symbols occur: Huffman's method over a heap whose ties the
/// shallower subtree wins, then a repair of codes that came out too long. Every choice among equals shows in the bits.
/// </summary>
internal sealed class HuffmanBuilder
{
    private readonly HuffmanAlphabet _alphabet;
    private readonly int[] _weights; // symbols, then inner nodes
    private readonly int[] _parents;
    private readonly byte[] _depths;
    private readonly int[] _heap; // 1-based from the front; finished nodes, lightest last, from the back
    private int _heapLength;
    private int _finished;

    public HuffmanBuilder(HuffmanAlphabet alphabet)
    {
        _alphabet = alphabet;
        var nodes = alphabet.Size * 2 + 1;
        _weights = new int[nodes];
        _parents = new int[nodes];
        _depths = new byte[nodes];
        _heap = new int[nodes];
        Frequencies = new int[alphabet.Size];
        Code = new HuffmanCode(alphabet.Size);
    }

    /// <summary>How often each symbol occurs: to be counted by the caller.</summary>
    public int[] Frequencies { get; }

    /// <summary>The code built last.</summary>
    public HuffmanCode Code { get; }

    /// <summary>The last symbol that has a code.</summary>
    public int LastSymbol { get; private set; }

    /// <summary>Bits that all the symbols take with this code, extra bits included.</summary>
    public long DynamicBits { get; private set; }

    /// <summary>Bits that all the symbols take with the static code.</summary>
    public long StaticBits { get; private set; }

    /// <summary>Builds the code for <see cref="Frequencies"/>.</summary>
    public void Build()
    {
        CollectLeaves();
        var root = JoinAll();
        SetLengths(root);
        Measure();
        Code.AssignCodes();
    }

    private void CollectLeaves()
    {
        _heapLength = 0;
        _finished = _heap.Length;
        LastSymbol = -1;
        for (var symbol = 0; symbol < Frequencies.Length; symbol++)
        {
            Code.Lengths[symbol] = 0;
            if (Frequencies[symbol] == 0) continue;
            AddLeaf(symbol, Frequencies[symbol]);
            LastSymbol = symbol;
        }

        // A code needs two symbols, although neither of these may ever be used. They cost nothing: see Measure.
        while (_heapLength < 2) AddLeaf(LastSymbol < 2 ? ++LastSymbol : 0, 1);
        for (var at = _heapLength / 2; at >= 1; at--) Sink(at);
    }

    private void AddLeaf(int symbol, int weight)
    {
        _heap[++_heapLength] = symbol;
        _weights[symbol] = weight;
        _depths[symbol] = 0;
    }

    private int JoinAll()
    {
        var node = _alphabet.Size;
        for (; ; node++)
        {
            var lightest = _heap[1];
            _heap[1] = _heap[_heapLength--];
            Sink(1);
            var second = _heap[1];
            _heap[--_finished] = lightest;
            _heap[--_finished] = second;

            _weights[node] = _weights[lightest] + _weights[second];
            _depths[node] = (byte)(Math.Max(_depths[lightest], _depths[second]) + 1);
            _parents[lightest] = _parents[second] = node;
            _heap[1] = node;
            Sink(1);
            if (_heapLength < 2) break;
        }

        return node;
    }

    /// <summary>Walks down from the root, so that a parent's length is known before its children's.</summary>
    private void SetLengths(int root)
    {
        Span<int> counts = stackalloc int[_alphabet.MaxBits + 1];
        var overlong = 0;
        _depths[root] = 0; // no longer needed for ties: from here on, a node's distance from the root
        for (var at = _finished; at < _heap.Length; at++)
        {
            var node = _heap[at];
            var bits = _depths[_parents[node]] + 1;
            if (bits > _alphabet.MaxBits)
            {
                bits = _alphabet.MaxBits;
                overlong++;
            }

            _depths[node] = (byte)bits;
            if (node >= _alphabet.Size) continue;
            Code.Lengths[node] = (byte)bits;
            counts[bits]++;
        }

        if (overlong > 0) Repair(counts, overlong);
    }

    /// <summary>Makes the counts those of a full tree again, then deals the longest codes out to the rarest symbols.</summary>
    private void Repair(Span<int> counts, int overlong)
    {
        for (; overlong > 0; overlong -= 2)
        {
            var bits = _alphabet.MaxBits - 1;
            while (counts[bits] == 0) bits--;
            counts[bits]--;
            counts[bits + 1] += 2;
            counts[_alphabet.MaxBits]--;
        }

        var at = _heap.Length;
        for (var bits = _alphabet.MaxBits; bits > 0; bits--)
        {
            for (var left = counts[bits]; left > 0;)
            {
                var node = _heap[--at];
                if (node >= _alphabet.Size) continue;
                Code.Lengths[node] = (byte)bits;
                left--;
            }
        }
    }

    private void Measure()
    {
        DynamicBits = StaticBits = 0;
        for (var symbol = 0; symbol < Frequencies.Length; symbol++)
        {
            long count = Frequencies[symbol];
            if (count == 0) continue;
            var extra = _alphabet.ExtraBits[symbol];
            DynamicBits += count * (Code.Lengths[symbol] + extra);
            if (!_alphabet.StaticBits.IsEmpty) StaticBits += count * (_alphabet.StaticBits[symbol] + extra);
        }
    }

    private void Sink(int at)
    {
        var node = _heap[at];
        for (var child = at * 2; child <= _heapLength; at = child, child *= 2)
        {
            if (child < _heapLength && IsLighter(_heap[child + 1], _heap[child])) child++;
            if (IsLighter(node, _heap[child])) break;
            _heap[at] = _heap[child];
        }

        _heap[at] = node;
    }

    private bool IsLighter(int node, int other) =>
        _weights[node] < _weights[other] || (_weights[node] == _weights[other] && _depths[node] <= _depths[other]);
}
