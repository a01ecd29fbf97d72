namespace DeltaGlider.Deep.Deflate;

/// <summary>Levels 1 to 3: the first match is taken.</summary>
internal sealed class GreedyMatcher : IMatcher
{
    private readonly DeflateWindow _window;
    private readonly MatchFinder _finder;
    private readonly BlockWriter _block;
    private readonly DeflateParameters _parameters;

    public GreedyMatcher(DeflateWindow window, MatchFinder finder, BlockWriter block, DeflateParameters parameters)
    {
        _window = window;
        _finder = finder;
        _block = block;
        _parameters = parameters;
    }

    public void Run(bool isEnd)
    {
        while (_window.CanStep(isEnd))
        {
            if (Step()) _block.Flush(isLast: false);
        }
    }

    public void Finish()
    {
    }

    private bool Step()
    {
        var position = _window.Position;
        var candidate = _window.Insert(position);
        var length = _finder.CanSearch(candidate) ? _finder.Find(candidate, DeflateFormat.MinMatch - 1) : 0;
        if (length < DeflateFormat.MinMatch)
        {
            var isFullOfLiterals = _block.Literal(_window[position]);
            _window.Position = position + 1;
            return isFullOfLiterals;
        }

        var isFull = _block.Match(_finder.Distance, length);
        if (length <= _parameters.MaxLazy)
        {
            for (var inside = position + 1; inside < position + length; inside++) _window.Insert(inside);
        }

        _window.Position = position + length;
        return isFull;
    }
}
