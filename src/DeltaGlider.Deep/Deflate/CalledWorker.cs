namespace DeltaGlider.Deep.Deflate;

/// <summary>
/// zlib-ng and its like, whose work depends on how it is called: each call brings a chunk of input and a fresh output buffer, and goes on
/// as far as both allow.
/// </summary>
internal sealed class CalledWorker : IDeflateWorker
{
    // The most that the window can take at once.
    private const int MaxFill = DeflateWindow.Size * 2;

    private readonly DeflateWindow _window;
    private readonly BitWriter _output;
    private readonly BlockWriter _block;
    private readonly MatchFinder _finder;
    private readonly MediumMatcher _matcher;
    private readonly byte[] _input;
    private readonly bool _isChunked;
    private readonly bool _notesBefore;
    private readonly bool _flushesAtEnd;
    private readonly int _outputChunk;
    private int _inputStart;
    private int _inputEnd;
    private bool _isInCall;
    private bool _isLast;
    private long _room; // bytes of output up to which the present call's buffer reaches
    private long _delivered;

    public CalledWorker(DeflateParameters parameters, Stream output)
    {
        _window = new DeflateWindow(parameters);
        _output = new BitWriter(output);
        _block = new BlockWriter(_window, _output, parameters);
        _finder = new MatchFinder(_window, parameters);
        _matcher = new MediumMatcher(_window, _finder, _block, parameters);
        _isChunked = parameters.InputChunk > 0;
        _input = new byte[_isChunked ? parameters.InputChunk : MaxFill * 2];
        _notesBefore = parameters.Medium!.NotesBeforeRefill;
        _flushesAtEnd = parameters.FlushesAtEnd;
        _outputChunk = parameters.OutputChunk;
    }

    private int Available => _inputEnd - _inputStart;

    public long Looked => _finder.Looked;

    public void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var count = Math.Min(data.Length, _input.Length - _inputEnd);
            data[..count].CopyTo(_input.AsSpan(_inputEnd));
            data = data[count..];
            _inputEnd += count;
            if (_inputEnd < _input.Length) return;
            Work(isEnd: false);
            _input.AsSpan(_inputStart, Available).CopyTo(_input);
            _inputEnd -= _inputStart;
            _inputStart = 0;
        }
    }

    public void Finish()
    {
        Work(isEnd: true);
        _isLast = true;
        while (!Call(isEnd: true))
        {
        }

        if (_flushesAtEnd) Sync();
        _block.Flush(isLast: true);
        _output.Align();
        _output.Drain();
    }

    /// <summary>Calls until the chunk is used up; without chunks, as long as there may be more input than the window takes.</summary>
    private void Work(bool isEnd)
    {
        while ((Available > 0 || _isInCall) && (Call(isEnd) || Available > 0))
        {
            if (_isInCall) return;
        }
    }

    /// <summary>One call, or the rest of one that had to wait.</summary>
    /// <returns>All input has been worked on.</returns>
    private bool Call(bool isEnd)
    {
        if (!_isInCall)
        {
            // What is left from the call before goes out first.
            _room = _delivered + _outputChunk;
            if (Deliver()) return false;
            _isInCall = true;
        }

        while (true)
        {
            if (_window.Lookahead < DeflateWindow.MinLookahead)
            {
                if (!_isChunked && !isEnd && Available <= MaxFill) return true;
                Refill();
                if (_window.Lookahead < DeflateWindow.MinLookahead && !_isLast || _window.Lookahead == 0)
                {
                    _isInCall = false;
                    return true;
                }

                _matcher.Forget();
            }

            if (!_matcher.Step()) continue;
            _block.Flush(isLast: false);
            if (!Deliver()) continue;
            _matcher.Forget();
            _isInCall = false;
            return false;
        }
    }

    /// <summary>A flush whose mark fills the output buffer is called for once more, and makes another mark.</summary>
    private void Sync()
    {
        _block.FlushRest();
        if (Deliver()) CallForRoom();
        _block.Mark();
        while (Deliver())
        {
            CallForRoom();
            _block.Mark();
        }
    }

    private void CallForRoom()
    {
        do _room = _delivered + _outputChunk;
        while (Deliver());
    }

    /// <summary>Hands out what there is room for.</summary>
    /// <returns>No room is left.</returns>
    private bool Deliver()
    {
        _delivered = Math.Min(_output.WholeBytes, _room);
        return _delivered == _room;
    }

    private void Refill()
    {
        do
        {
            if (_window.IsSlideDue) _window.Slide();
            if (Available == 0) return;
            _inputStart += _window.Fill(_input.AsSpan(_inputStart, Available));
            if (_notesBefore && _window.Lookahead >= DeflateFormat.MinMatch && _window.Position >= 1) _window.InsertOnce(_window.Position - 1);
        }
        while (_window.Lookahead < DeflateWindow.MinLookahead && Available > 0);
    }
}
