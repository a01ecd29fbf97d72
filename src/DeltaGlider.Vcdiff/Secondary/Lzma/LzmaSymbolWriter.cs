using System.Numerics;
using System.Runtime.InteropServices;

namespace DeltaGlider.Vcdiff.Secondary.Lzma;

/// <summary>Writes symbols of LZMA with probabilities that adapt as the decoder's do.</summary>
internal sealed unsafe class LzmaSymbolWriter : IDisposable
{
    private readonly LzmaProperties _properties;
    private ushort* _probabilities = (ushort*)NativeMemory.Alloc(LzmaModel.MaxProbabilities * sizeof(ushort));
    private RangeEncoder _range;
    private LzmaState _state;

    public LzmaSymbolWriter(LzmaProperties properties) => _properties = properties;

    /// <summary>What the range coder's output would come to if it were finished now.</summary>
    public int Length => _range.Length;

    public ref readonly LzmaState State => ref _state;

    public ushort* Probabilities => _probabilities;

    public LzmaProperties Properties => _properties;

    public void Dispose()
    {
        NativeMemory.Free(_probabilities);
        _probabilities = null;
    }

    public void ResetState()
    {
        new Span<ushort>(_probabilities, LzmaModel.MaxProbabilities).Fill(LzmaModel.EvenOdds);
        _state = default;
    }

    public void StartChunk(byte* output) => _range.Start(output);

    /// <summary>Ends the range coder's output and returns its length.</summary>
    public int FinishChunk() => _range.Finish();

    /// <summary>The tree for the literal at a position, by the byte before it.</summary>
    public ushort* LiteralTree(byte* data, int position) =>
        _probabilities + LzmaModel.Literal + LzmaModel.LiteralTree * _properties.LiteralContext(position, position == 0 ? (byte)0 : data[position - 1]);

    /// <summary>Writes one symbol of the section that starts at <paramref name="data"/>.</summary>
    public void Write(byte* data, int position, LzmaStep step)
    {
        var positionState = (uint)position & _properties.PositionMask;
        var isMatch = _probabilities + LzmaModel.IsMatch + (_state.Value << LzmaModel.MaxPositionBits) + positionState;
        if (step.IsLiteral)
        {
            _range.Bit(isMatch, 0);
            WriteLiteral(data, position);
        }
        else
        {
            _range.Bit(isMatch, 1);
            var isRep = _probabilities + LzmaModel.IsRep + _state.Value;
            if (step.Code >= LzmaStep.Distances)
            {
                _range.Bit(isRep, 0);
                WriteLength(_probabilities + LzmaModel.MatchLength, step.Length, positionState);
                WriteDistance(step.Code - LzmaStep.Distances, step.Length);
            }
            else
            {
                _range.Bit(isRep, 1);
                WriteRep(step, positionState);
            }
        }
        _state.Apply(step);
    }

    private void WriteLiteral(byte* data, int position)
    {
        var tree = LiteralTree(data, position);
        uint symbol = data[position];
        if (_state.FollowsLiteral)
        {
            _range.Tree(tree, 8, symbol);
            return;
        }
        // The byte at the last distance is not this one, or the match would have gone on; it still says much.
        uint expected = data[position - (int)_state.Rep0 - 1];
        _range.MatchedLiteral(tree, symbol, expected);
    }

    private void WriteRep(LzmaStep step, uint positionState)
    {
        var state = _state.Value;
        if (step.Code == 0)
        {
            _range.Bit(_probabilities + LzmaModel.IsRep0 + state, 0);
            _range.Bit(
                _probabilities + LzmaModel.IsRep0Long + (state << LzmaModel.MaxPositionBits) + positionState,
                step.Length == 1 ? 0u : 1u);
            if (step.Length == 1) return;
        }
        else
        {
            _range.Bit(_probabilities + LzmaModel.IsRep0 + state, 1);
            _range.Bit(_probabilities + LzmaModel.IsRep1 + state, step.Code == 1 ? 0u : 1u);
            if (step.Code > 1) _range.Bit(_probabilities + LzmaModel.IsRep2 + state, step.Code - 2);
        }
        WriteLength(_probabilities + LzmaModel.RepLength, step.Length, positionState);
    }

    private void WriteLength(ushort* model, int length, uint positionState)
    {
        var symbol = (uint)(length - LzmaModel.MinMatchLength);
        if (symbol < LzmaModel.LowLengths)
        {
            _range.Bit(model + LzmaModel.LengthChoice, 0);
            _range.Tree(model + LzmaModel.LengthLow + positionState * LzmaModel.LowLengths, 3, symbol);
            return;
        }
        _range.Bit(model + LzmaModel.LengthChoice, 1);
        symbol -= LzmaModel.LowLengths;
        if (symbol < LzmaModel.MidLengths)
        {
            _range.Bit(model + LzmaModel.LengthChoice2, 0);
            _range.Tree(model + LzmaModel.LengthMid + positionState * LzmaModel.MidLengths, 3, symbol);
            return;
        }
        _range.Bit(model + LzmaModel.LengthChoice2, 1);
        _range.Tree(model + LzmaModel.LengthHigh, 8, symbol - LzmaModel.MidLengths);
    }

    private void WriteDistance(uint distance, int length)
    {
        var lengthState = Math.Min(length - LzmaModel.MinMatchLength, LzmaModel.LengthStates - 1);
        var slot = Slot(distance);
        _range.Tree(_probabilities + LzmaModel.DistanceSlot + (lengthState << LzmaModel.DistanceSlotBits), LzmaModel.DistanceSlotBits, slot);
        if (slot < LzmaModel.FirstSlotWithTree) return;
        var bits = (int)(slot >> 1) - 1;
        var first = (2 | (slot & 1)) << bits;
        if (slot < LzmaModel.FirstSlotWithDirectBits)
        {
            _range.ReverseTree(_probabilities + LzmaModel.DistanceTree + first - slot - 1, bits, distance - first);
            return;
        }
        _range.Direct((distance - first) >> LzmaModel.AlignBits, bits - LzmaModel.AlignBits);
        _range.ReverseTree(_probabilities + LzmaModel.Align, LzmaModel.AlignBits, distance & ((1 << LzmaModel.AlignBits) - 1));
    }

    /// <summary>A distance's size class: twice the place of its highest bit, plus the bit below that.</summary>
    internal static uint Slot(uint distance)
    {
        if (distance < LzmaModel.FirstSlotWithTree) return distance;
        var top = BitOperations.Log2(distance);
        return (uint)(2 * top) | ((distance >> (top - 1)) & 1);
    }
}
