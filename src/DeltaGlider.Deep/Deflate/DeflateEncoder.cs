namespace DeltaGlider.Deep.Deflate;

/// <summary>
/// Deflates a stream of bytes exactly as one particular encoder does. How the bytes are cut into calls makes no
/// difference; whole blocks come out as soon as they are made. Needs about 400 KB.
/// </summary>
public sealed class DeflateEncoder
{
    private readonly DeflateParameters _parameters;
    private readonly DeflateWindow _window;
    private readonly BitWriter _output;
    private readonly BlockWriter _block;
    private readonly IMatcher _matcher;

    /// <summary>An encoder that writes to <paramref name="output"/>, which it does not own.</summary>
    public DeflateEncoder(DeflateParameters parameters, Stream output)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(output);
        _parameters = parameters;
        _window = new DeflateWindow(parameters);
        _output = new BitWriter(output);
        _block = new BlockWriter(_window, _output, parameters);
        var finder = new MatchFinder(_window, parameters);
        _matcher = parameters.IsLazy
            ? new LazyMatcher(_window, finder, _block, parameters)
            : new GreedyMatcher(_window, finder, _block, parameters);
    }

    /// <summary>Takes in more bytes.</summary>
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

    /// <summary>Ends the stream. Nothing may be appended afterwards.</summary>
    public void Finish()
    {
        _matcher.Run(isEnd: false);
        if (_window.IsSlideDue) _window.Slide();
        if (_parameters.LooksPastEnd) _window.ZeroBehindEnd();
        _matcher.Run(isEnd: true);
        _matcher.Finish();
        _block.Flush(isLast: true);
        _output.Align();
        _output.Drain();
    }
}
