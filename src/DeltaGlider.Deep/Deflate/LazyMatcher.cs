namespace DeltaGlider.Deep.Deflate;

/// <summary>Levels 4 to 9: a match is taken only when the next position has no longer one.</summary>
internal sealed class LazyMatcher : IMatcher
{
    // A match of three bytes from farther away costs more than three literals.
    private const int TooFar = 4096;

    private readonly DeflateWindow _window;
    private readonly MatchFinder _finder;
    private readonly BlockWriter _block;
    private readonly DeflateParameters _parameters;
    private int _length = DeflateFormat.MinMatch - 1;
    private bool _hasLiteral;

    public LazyMatcher(DeflateWindow window, MatchFinder finder, BlockWriter block, DeflateParameters parameters)
    {
        _window = window;
        _finder = finder;
        _block = block;
        _parameters = parameters;
    }

    public void Run(bool isEnd)
    {
        while (_window.CanStep(isEnd)) Step();
    }

    public void Finish()
    {
        if (_hasLiteral) _block.Literal(_window[_window.Position - 1]);
        _hasLiteral = false;
    }

    private void Step()
    {
        var position = _window.Position;
        var candidate = _window.Insert(position);
        var (length, distance) = (_length, _finder.Distance);
        _length = DeflateFormat.MinMatch - 1;
        if (length < _parameters.MaxLazy && _finder.CanSearch(candidate))
        {
            _length = _finder.Find(candidate, length);
            if (_length == DeflateFormat.MinMatch && _finder.Distance > TooFar) _length--;
        }

        if (length >= DeflateFormat.MinMatch && _length <= length)
        {
            TakeMatch(position - 1, distance, length);
            return;
        }

        // No match at the position before, or a worse one than here.
        if (_hasLiteral && _block.Literal(_window[position - 1])) _block.Flush(isLast: false);
        _hasLiteral = true;
        _window.Position = position + 1;
    }

    private void TakeMatch(int from, int distance, int length)
    {
        var isFull = _block.Match(distance, length);
        for (var inside = from + 2; inside < from + length; inside++) _window.Insert(inside);
        _hasLiteral = false;
        _length = DeflateFormat.MinMatch - 1;
        _window.Position = from + length;
        if (isFull) _block.Flush(isLast: false);
    }
}
