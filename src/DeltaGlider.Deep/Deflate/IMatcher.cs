namespace DeltaGlider.Deep.Deflate;

/// <summary>Cuts the window's input into literals and matches: the strategy in which encoders differ most.</summary>
internal interface IMatcher
{
    /// <summary>
    /// Goes on as far as the input allows: while there is <see cref="DeflateWindow.MinLookahead"/> of it, or to its end when
    /// there will be no more.
    /// </summary>
    void Run(bool isEnd);

    /// <summary>Hands on what was held back, after the last input.</summary>
    void Finish();
}
