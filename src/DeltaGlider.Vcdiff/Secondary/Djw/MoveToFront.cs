namespace DeltaGlider.Vcdiff.Secondary.Djw;

/// <summary>
/// Undoes the two steps through which DJW takes lists of small values before it gives them a prefix code:
/// move-to-front, and runs of the front value as numbers in base 2 with the digits 1 and 2.
/// </summary>
internal sealed class MoveToFront(byte[] order, PrefixDecoder decoder)
{
    private const int RunDigits = 2;

    private int _run;
    private int _digits;
    private int _place;

    /// <summary>True while a run goes on that has not been used up.</summary>
    public bool IsInRun => _run > 0;

    public byte Next(ref BitReader bits)
    {
        while (_run == 0 && _place == 0)
        {
            var symbol = decoder.Read(ref bits);
            if (symbol < RunDigits)
            {
                // A digit is worth twice the one before it, and is read only when that one's values are handed out.
                if (_digits >= 30) throw new InvalidDataException("it has a run that is too long");
                _run = (symbol + 1) << _digits++;
            }
            else
            {
                _place = symbol - RunDigits + 1;
                _digits = 0;
            }
        }

        if (_run > 0)
        {
            _run--;
            return order[0];
        }
        if (_place >= order.Length) throw new InvalidDataException("it has a value out of range");
        var value = order[_place];
        Array.Copy(order, 0, order, 1, _place);
        order[0] = value;
        _place = 0;
        return value;
    }
}
