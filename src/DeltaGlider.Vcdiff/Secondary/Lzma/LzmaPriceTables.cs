using System.Runtime.InteropServices;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>What lengths and distances cost at the moment, worked out anew from time to time.</summary>
internal sealed unsafe class LzmaPriceTables : IDisposable
{
    private const int Lengths = LzmaModel.MaxMatchLength + 1;
    private const int PositionStates = 1 << LzmaModel.MaxPositionBits;
    private const int NearDistances = 128;
    private const int Slots = 1 << LzmaModel.DistanceSlotBits;
    private const int AlignValues = 1 << LzmaModel.AlignBits;

    private readonly uint* _memory;
    private readonly uint* _matchLengths;
    private readonly uint* _repLengths;
    private readonly uint* _slots;
    private readonly uint* _near;
    private readonly uint* _align;

    public LzmaPriceTables()
    {
        const int LengthTable = PositionStates * Lengths;
        const int Size = 2 * LengthTable + LzmaModel.LengthStates * (Slots + NearDistances) + AlignValues;
        _memory = (uint*)NativeMemory.AllocZeroed(Size, sizeof(uint));
        _matchLengths = _memory;
        _repLengths = _matchLengths + LengthTable;
        _slots = _repLengths + LengthTable;
        _near = _slots + LzmaModel.LengthStates * Slots;
        _align = _near + LzmaModel.LengthStates * NearDistances;
    }

    public void Dispose() => NativeMemory.Free(_memory);

    /// <summary>The prices of lengths at a position state, by length.</summary>
    public uint* MatchLengths(uint positionState) => _matchLengths + positionState * Lengths;

    /// <inheritdoc cref="MatchLengths"/>
    public uint* RepLengths(uint positionState) => _repLengths + positionState * Lengths;

    public uint Distance(uint distance, int length)
    {
        var lengthState = Math.Min(length - LzmaModel.MinMatchLength, LzmaModel.LengthStates - 1);
        return distance < NearDistances
            ? _near[lengthState * NearDistances + (int)distance]
            : _slots[lengthState * Slots + (int)LzmaSymbolWriter.Slot(distance)] + _align[distance & (AlignValues - 1)];
    }

    public void Update(ushort* probabilities, uint positionMask)
    {
        for (uint state = 0; state <= positionMask; state++)
        {
            UpdateLengths(probabilities + LzmaModel.MatchLength, state, MatchLengths(state));
            UpdateLengths(probabilities + LzmaModel.RepLength, state, RepLengths(state));
        }

        for (uint value = 0; value < AlignValues; value++)
            _align[value] = LzmaPrice.ReverseTree(probabilities + LzmaModel.Align, LzmaModel.AlignBits, value);
        for (var lengthState = 0; lengthState < LzmaModel.LengthStates; lengthState++)
        {
            var tree = probabilities + LzmaModel.DistanceSlot + (lengthState << LzmaModel.DistanceSlotBits);
            var slots = _slots + lengthState * Slots;
            for (uint slot = 0; slot < Slots; slot++)
            {
                slots[slot] = LzmaPrice.Tree(tree, LzmaModel.DistanceSlotBits, slot);
                if (slot >= LzmaModel.FirstSlotWithDirectBits)
                    slots[slot] += ((slot >> 1) - 1 - LzmaModel.AlignBits) << LzmaPrice.FractionBits;
            }
            var near = _near + lengthState * NearDistances;
            for (uint distance = 0; distance < NearDistances; distance++)
            {
                var slot = LzmaSymbolWriter.Slot(distance);
                near[distance] = slots[slot];
                if (slot < LzmaModel.FirstSlotWithTree) continue;
                var bits = (int)(slot >> 1) - 1;
                var first = (2 | (slot & 1)) << bits;
                near[distance] += LzmaPrice.ReverseTree(
                    probabilities + LzmaModel.DistanceTree + first - slot - 1, bits, distance - first);
            }
        }
    }

    private static void UpdateLengths(ushort* model, uint positionState, uint* prices)
    {
        var low = LzmaPrice.Bit(model[LzmaModel.LengthChoice], 0);
        var notLow = LzmaPrice.Bit(model[LzmaModel.LengthChoice], 1);
        var mid = notLow + LzmaPrice.Bit(model[LzmaModel.LengthChoice2], 0);
        var high = notLow + LzmaPrice.Bit(model[LzmaModel.LengthChoice2], 1);
        prices += LzmaModel.MinMatchLength;
        for (uint symbol = 0; symbol < LzmaModel.LowLengths; symbol++)
            *prices++ = low + LzmaPrice.Tree(model + LzmaModel.LengthLow + positionState * LzmaModel.LowLengths, 3, symbol);
        for (uint symbol = 0; symbol < LzmaModel.MidLengths; symbol++)
            *prices++ = mid + LzmaPrice.Tree(model + LzmaModel.LengthMid + positionState * LzmaModel.MidLengths, 3, symbol);
        for (uint symbol = 0; symbol < LzmaModel.HighLengths; symbol++)
            *prices++ = high + LzmaPrice.Tree(model + LzmaModel.LengthHigh, 8, symbol);
    }
}
