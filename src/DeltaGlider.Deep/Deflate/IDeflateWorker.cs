namespace DeltaGlider.Deep.Deflate;

/// <summary>What does a <see cref="DeflateEncoder"/>'s work.</summary>
internal interface IDeflateWorker
{
    /// <summary>See <see cref="MatchFinder.Looked"/>.</summary>
    long Looked { get; }

    /// <summary>Takes in more bytes.</summary>
    void Append(ReadOnlySpan<byte> data);

    /// <summary>Ends the stream.</summary>
    void Finish();
}
