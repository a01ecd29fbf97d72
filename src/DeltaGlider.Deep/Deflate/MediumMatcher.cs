namespace DeltaGlider.Deep.Deflate;

/// <summary>
/// zlib-ng's and Intel's middle levels: before a match is sent, the one that follows it is looked for; where that can begin
/// earlier, so far that nothing is left of the first, it takes over.
/// </summary>
internal sealed class MediumMatcher
{
    private readonly DeflateWindow _window;
    private readonly MatchFinder _finder;
    private readonly BlockWriter _block;
    private readonly int _longestIndexed;
    private readonly MediumRules _rules;
    private Span _next;

    public MediumMatcher(DeflateWindow window, MatchFinder finder, BlockWriter block, DeflateParameters parameters)
    {
        _window = window;
        _finder = finder;
        _block = block;
        _rules = parameters.Medium!;
        _longestIndexed = parameters.MaxLazy * 16;
    }

    /// <summary>Drops the match that was looked up ahead.</summary>
    public void Forget() => _next.Length = 0;

    /// <summary>Sends a match, or literals; there must be input ahead.</summary>
    /// <returns>The block is full.</returns>
    public bool Step()
    {
        var current = _next;
        if (current.Length == 0) current = Look(_window.Position, _window.Lookahead >= _rules.ShortestMatch);
        Index(current);

        var end = current.Start + current.Length;
        if (_window.Lookahead > DeflateWindow.MinLookahead && end < _rules.LastLook && _window.End - end >= _rules.LeastBehind)
        {
            _window.Position = end;
            _next = Look(end, true);
            _window.Position = current.Start;
            if (_next.Length >= _rules.ShortestMatch) TakeOver(ref current, ref _next);
            if (_next.Length == DeflateFormat.MinMatch && _next.Distance > _rules.TooFar) _next.Length = 1;
        }
        else
        {
            _next.Length = 0;
        }

        return Send(current);
    }

    private Span Look(int position, bool canBe)
    {
        var found = new Span { Start = position, Origin = position, Length = 1 };
        if (!canBe) return found;
        var candidate = Note(position);
        if (candidate == 0 || candidate >= position || position - candidate > DeflateWindow.MaxDistance) return found;
        var length = _finder.Find(candidate, DeflateFormat.MinMatch - 1);
        if (length < _rules.ShortestMatch) return found;
        found.Length = length;
        found.Distance = _finder.Distance;
        return found;
    }

    /// <summary>Notes the positions inside a match, except those before where it was found: these have been noted.</summary>
    private void Index(Span match)
    {
        if (_window.Lookahead <= match.Length + _rules.ShortestMatch) return;
        var end = match.Start + match.Length;
        if (match.Length < _rules.ShortestMatch)
        {
            var first = match.Start + 1;
            var count = match.Length - 1;
            if (count > 0 && first >= match.Origin) NoteAll(first, end - 1 >= match.Origin ? count : match.Origin - first + 1);
            return;
        }

        if (match.Length <= _longestIndexed && _window.Lookahead >= _rules.ShortestMatch)
        {
            var first = match.Start + 1;
            var count = match.Length - 1;
            if (first >= match.Origin) NoteAll(first, end - 1 >= match.Origin ? count : match.Origin - first + 1);
            else if (match.Origin < end) NoteAll(match.Origin, end - match.Origin);
            return;
        }

        Note(end - 1);
    }

    private int Note(int position) => _rules.NotesOnce ? _window.InsertOnce(position) : _window.Insert(position);

    private void NoteAll(int first, int count)
    {
        for (; count > 0; count--) Note(first++);
    }

    /// <summary>Lets the next match begin earlier, where it still matches; kept only when that uses the present one up.</summary>
    private void TakeOver(ref Span current, ref Span next)
    {
        var source = next.Start - next.Distance;
        if (current.Length <= 1 || current.Length > 1 + source || current.Length > 1 + next.Start) return;
        if (_window[source - current.Length + 1] != _window[next.Start - current.Length + 1]) return;
        if (_rules.GivesUpOverlaps && source + next.Length >= current.Start) return;
        var limit = Math.Max(next.Start - DeflateWindow.MaxDistance, 0);
        var (shorter, earlier) = (current, next);
        var moved = 0;
        while (_window[source - 1] == _window[earlier.Start - 1]
            && shorter.Length >= 1 && earlier.Start > limit && earlier.Length < 256 && source > 1)
        {
            earlier.Start--;
            source--;
            earlier.Length++;
            shorter.Length--;
            moved++;
        }

        if (moved == 0 || shorter.Length > 1 || earlier.Length == 2) return;
        earlier.Origin++;
        (current, next) = (shorter, earlier);
    }

    private bool Send(Span match)
    {
        if (match.Length >= _rules.ShortestMatch)
        {
            var isFullNow = _block.Match(match.Distance, match.Length);
            _window.Position += match.Length;
            return isFullNow;
        }

        var isFull = false;
        for (var left = match.Length; left > 0; left--)
        {
            isFull |= _block.Literal(_window[_window.Position]);
            _window.Position++;
        }

        return isFull;
    }

    /// <summary>A match, or with a length below <see cref="MediumRules.ShortestMatch"/> so many literals.</summary>
    private struct Span
    {
        public int Start;
        public int Length;
        public int Distance;

        /// <summary>Where it was found, before it was made to begin earlier.</summary>
        public int Origin;
    }
}
