using System.Runtime.InteropServices;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>
/// Finds the cheapest way through the next stretch by the prices of the moment: every position is a node, every
/// symbol that is possible there an edge to the node behind it, and the cheapest path to each node is kept.
/// </summary>
internal sealed unsafe class OptimalParser(MatchFinder finder, int niceLength) : ILzmaParser
{
    /// <summary>The longest stretch; a path that is one for this long is cut in any case.</summary>
    private const int MaxStretch = 2048;

    private const int NodeCount = MaxStretch + 2 * LzmaModel.MaxMatchLength + 2;

    /// <summary>Probabilities drift slowly: prices are worked out again after this many bytes, sooner at the start.</summary>
    private const int MaxPriceAge = 1536;

    private readonly LzmaPriceTables _prices = new();
    private readonly Node* _nodes = (Node*)NativeMemory.Alloc(NodeCount, (nuint)sizeof(Node));
    private readonly LzmaMatch[] _matches = new LzmaMatch[LzmaModel.MaxMatchLength];
    private byte* _data;
    private int _length;
    private int _pricesEnd;
    private int _end;

    /// <summary>The cheapest way to a position, and the symbols' memory when it is taken.</summary>
    /// <remarks>
    /// With a tail, the step is followed by a literal and by a match at the same distance: where the two differ in one
    /// byte, this may be the cheapest way although its first half is not the cheapest way to where that ends.
    /// </remarks>
    private struct Node
    {
        public uint Price;
        public int From;
        public LzmaStep Step;
        public int TailLength;
        public LzmaState State;

        public readonly bool HasTail => TailLength > 0;
    }

    public void Restart()
    {
        _pricesEnd = 0;
        finder.Restart();
    }

    public void Continue(byte* data, int length)
    {
        _data = data;
        _length = length;
        finder.Continue(data, length);
    }

    public void Slide(int count)
    {
        _pricesEnd = 0;
        finder.Slide(count);
    }

    public void Dispose()
    {
        finder.Dispose();
        _prices.Dispose();
        NativeMemory.Free(_nodes);
    }

    public void Parse(int position, LzmaSymbolWriter writer, NativeList<LzmaStep> steps)
    {
        if (position >= _pricesEnd)
        {
            _prices.Update(writer.Probabilities, writer.Properties.PositionMask);
            _pricesEnd = position + Math.Clamp(position, 128, MaxPriceAge);
        }

        _nodes[0] = new Node { State = writer.State };
        _end = 0;
        var at = 0;
        var taken = default(LzmaStep);
        fixed (LzmaMatch* matches = _matches)
        {
            do
            {
                if (at > 0) Settle(at);
                var count = finder.Find(position + at, matches);
                if (TryTakeLong(position + at, _nodes[at].State, matches, count, out taken)) break;
                Expand(position, at, writer, matches, count);
                at++;
            }
            while (at < _end && at < MaxStretch && position + at < _length);
        }

        // Where all ways meet, or where the stretch is cut: the way back, turned around.
        if (at > 0 && taken.Length == 0) Settle(at);
        var first = steps.Count;
        for (var node = at; node > 0; node = _nodes[node].From) AddBackwards(steps, node);
        steps.Span[first..].Reverse();
        if (taken.Length == 0) return;
        steps.Add(taken);
        finder.Skip(position + at + 1, taken.Length - 1);
    }

    private void AddBackwards(NativeList<LzmaStep> steps, int node)
    {
        ref var end = ref _nodes[node];
        if (end.HasTail)
        {
            steps.Add(new LzmaStep(end.TailLength, 0));
            steps.Add(LzmaStep.OneLiteral);
        }
        steps.Add(end.Step);
    }

    /// <summary>No way to a node will get cheaper: works out the state in which it is reached.</summary>
    private void Settle(int at)
    {
        ref var node = ref _nodes[at];
        node.State = _nodes[node.From].State;
        node.State.Apply(node.Step);
        if (!node.HasTail) return;
        node.State.Apply(LzmaStep.OneLiteral);
        node.State.Apply(new LzmaStep(node.TailLength, 0));
    }

    /// <summary>A match of the nice length is taken without asking for its price.</summary>
    private bool TryTakeLong(int position, in LzmaState state, LzmaMatch* matches, int count, out LzmaStep step)
    {
        var limit = Math.Min(LzmaModel.MaxMatchLength, _length - position);
        for (uint rep = 0; rep < LzmaStep.Distances; rep++)
        {
            var length = RepLength(position, state[rep], limit);
            if (length < niceLength) continue;
            step = new LzmaStep(length, rep);
            return true;
        }
        if (count > 0 && matches[count - 1].Length >= niceLength)
        {
            step = new LzmaStep(matches[count - 1].Length, matches[count - 1].Distance + LzmaStep.Distances);
            return true;
        }
        step = default;
        return false;
    }

    private int RepLength(int position, uint distance, int limit) =>
        distance < (uint)position
            ? MatchFinder.CommonLength(_data + position - distance - 1, _data + position, 0, limit)
            : 0;

    private void Reach(int from, int to, uint price, LzmaStep step, int tailLength = 0)
    {
        while (_end < to) _nodes[++_end].Price = LzmaPrice.Infinite;
        ref var node = ref _nodes[to];
        if (price >= node.Price) return;
        node.Price = price;
        node.From = from;
        node.Step = step;
        node.TailLength = tailLength;
    }

    /// <summary>Draws all edges out of a node.</summary>
    private void Expand(int start, int at, LzmaSymbolWriter writer, LzmaMatch* matches, int count)
    {
        var position = start + at;
        ref readonly var node = ref _nodes[at];
        var state = node.State;
        var probabilities = writer.Probabilities;
        var positionState = (uint)position & writer.Properties.PositionMask;
        uint isMatch = probabilities[LzmaModel.IsMatch + (state.Value << LzmaModel.MaxPositionBits) + positionState];
        uint isRep = probabilities[LzmaModel.IsRep + state.Value];
        var matchPrice = node.Price + LzmaPrice.Bit(isMatch, 1);
        var repPrice = matchPrice + LzmaPrice.Bit(isRep, 1);
        matchPrice += LzmaPrice.Bit(isRep, 0);
        var limit = Math.Min(LzmaModel.MaxMatchLength, _length - position);

        var literal = node.Price + LzmaPrice.Bit(isMatch, 0) + LiteralPrice(position, state, writer);
        Reach(at, at + 1, literal, LzmaStep.OneLiteral);
        if (state.Rep0 < (uint)position && _data[position] == _data[position - state.Rep0 - 1])
            Reach(at, at + 1, repPrice + ShortRepPrice(probabilities, state.Value, positionState), new LzmaStep(1, 0));
        if (limit < LzmaModel.MinMatchLength) return;

        var longestRep = 1;
        for (uint rep = 0; rep < LzmaStep.Distances; rep++)
        {
            var length = RepLength(position, state[rep], limit);
            if (length < LzmaModel.MinMatchLength) continue;
            longestRep = Math.Max(longestRep, length);
            var thisRep = repPrice + RepPrice(probabilities, state.Value, positionState, rep);
            var lengths = _prices.RepLengths(positionState);
            for (var shorter = length; shorter >= LzmaModel.MinMatchLength; shorter--)
                Reach(at, at + shorter, thisRep + lengths[shorter], new LzmaStep(shorter, rep));
            ReachTail(at, position, new LzmaStep(length, rep), state[rep], thisRep + lengths[length], state, writer);
        }

        var from = LzmaModel.MinMatchLength;
        var matchLengths = _prices.MatchLengths(positionState);
        for (var match = 0; match < count; match++)
        {
            var (length, distance) = matches[match];
            var code = distance + LzmaStep.Distances;
            // Nearer matches have served the shorter lengths.
            for (; from <= length; from++)
                Reach(at, at + from, matchPrice + matchLengths[from] + _prices.Distance(distance, from), new LzmaStep(from, code));
            if (length <= longestRep) continue;
            var price = matchPrice + matchLengths[length] + _prices.Distance(distance, length);
            ReachTail(at, position, new LzmaStep(length, code), distance, price, state, writer);
        }
    }

    /// <summary>An edge for a match, the one byte that differs behind it, and a match at the same distance behind that.</summary>
    private void ReachTail(int at, int position, LzmaStep step, uint distance, uint price, in LzmaState state, LzmaSymbolWriter writer)
    {
        var tail = position + step.Length + 1;
        var limit = Math.Min(niceLength, _length - tail);
        if (limit < LzmaModel.MinMatchLength) return;
        var tailLength = MatchFinder.CommonLength(_data + tail - distance - 1, _data + tail, 0, limit);
        if (tailLength < LzmaModel.MinMatchLength) return;

        var probabilities = writer.Probabilities;
        var mask = writer.Properties.PositionMask;
        var after = state;
        after.Apply(step);
        var positionState = (uint)(tail - 1) & mask;
        price += LzmaPrice.Bit(probabilities[LzmaModel.IsMatch + (after.Value << LzmaModel.MaxPositionBits) + positionState], 0);
        price += LiteralPrice(tail - 1, after, writer);
        after.Apply(LzmaStep.OneLiteral);
        positionState = (uint)tail & mask;
        price += LzmaPrice.Bit(probabilities[LzmaModel.IsMatch + (after.Value << LzmaModel.MaxPositionBits) + positionState], 1);
        price += LzmaPrice.Bit(probabilities[LzmaModel.IsRep + after.Value], 1);
        price += RepPrice(probabilities, after.Value, positionState, 0) + _prices.RepLengths(positionState)[tailLength];
        Reach(at, at + step.Length + 1 + tailLength, price, step, tailLength);
    }

    private uint LiteralPrice(int position, in LzmaState state, LzmaSymbolWriter writer)
    {
        var tree = writer.LiteralTree(_data, position);
        uint symbol = _data[position];
        if (state.FollowsLiteral) return LzmaPrice.Tree(tree, 8, symbol);
        uint price = 0, agree = 0x100, node = 1;
        uint expected = _data[position - (int)state.Rep0 - 1];
        for (var bitAt = 7; bitAt >= 0; bitAt--)
        {
            expected <<= 1;
            var bit = (symbol >> bitAt) & 1;
            price += LzmaPrice.Bit(tree[agree + (expected & agree) + node], bit);
            node = (node << 1) | bit;
            agree &= bit != 0 ? expected : ~expected;
        }
        return price;
    }

    private static uint ShortRepPrice(ushort* probabilities, uint state, uint positionState) =>
        LzmaPrice.Bit(probabilities[LzmaModel.IsRep0 + state], 0)
        + LzmaPrice.Bit(probabilities[LzmaModel.IsRep0Long + (state << LzmaModel.MaxPositionBits) + positionState], 0);

    private static uint RepPrice(ushort* probabilities, uint state, uint positionState, uint rep)
    {
        if (rep == 0)
        {
            return LzmaPrice.Bit(probabilities[LzmaModel.IsRep0 + state], 0)
                + LzmaPrice.Bit(probabilities[LzmaModel.IsRep0Long + (state << LzmaModel.MaxPositionBits) + positionState], 1);
        }
        var price = LzmaPrice.Bit(probabilities[LzmaModel.IsRep0 + state], 1)
            + LzmaPrice.Bit(probabilities[LzmaModel.IsRep1 + state], rep == 1 ? 0u : 1u);
        return rep == 1 ? price : price + LzmaPrice.Bit(probabilities[LzmaModel.IsRep2 + state], rep - 2);
    }
}
