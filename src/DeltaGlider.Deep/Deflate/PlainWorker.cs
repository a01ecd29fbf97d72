namespace DeltaGlider.Deep.Deflate;

/// <summary>The encoders whose work does not depend on how they are called: the window is always filled up before it is worked on.</summary>
internal sealed class PlainWorker : IDeflateWorker
{
    private readonly DeflateParameters _parameters;
    private readonly DeflateWindow _window;
    private readonly BitWriter _output;
    private readonly BlockWriter _block;
    private readonly MatchFinder _finder;
    private readonly IMatcher _matcher;

    public PlainWorker(DeflateParameters parameters, Stream output)
    {
        _parameters = parameters;
        _window = new DeflateWindow(parameters);
        _output = new BitWriter(output);
        _block = new BlockWriter(_window, _output, parameters);
        _finder = new MatchFinder(_window, parameters);
        _matcher = parameters.Strategy == MatchStrategy.Lazy
            ? new LazyMatcher(_window, _finder, _block, parameters)
            : new GreedyMatcher(_window, _finder, _block, parameters);
    }

    public long Looked => _finder.Looked;

    public void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            data = data[_window.Fill(data)..];
            if (!_window.IsFull) return;
            // Only a full window is worked on: what lies behind the end is then always what it was with full reads.
            _matcher.Run(isEnd: false);
            _window.Slide();
        }
    }

    public void Finish()
    {
        _matcher.Run(isEnd: false);
        if (_window.IsSlideDue) _window.Slide();
        if (_parameters.LooksPastEnd) _window.ZeroBehindEnd();
        _matcher.Run(isEnd: true);
        _matcher.Finish();
        if (_parameters.FlushesAtEnd)
        {
            _block.FlushRest();
            _block.Mark();
        }

        _block.Flush(isLast: true);
        _output.Align();
        _output.Drain();
    }
}
