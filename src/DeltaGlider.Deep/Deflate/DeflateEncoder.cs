namespace DeltaGlider.Deep.Deflate;

/// <summary>
/// Deflates a stream of bytes exactly as one particular encoder does. How the bytes are cut into calls makes no
/// difference; whole blocks come out as soon as they are made. Needs about 500 KB.
/// </summary>
public sealed class DeflateEncoder
{
    // A look takes about 5 ns: beyond this it is less than 2 MB/s.
    private const int MaxLooksPerByte = 100;
    private const long FreeLooks = 50_000_000;

    private readonly IDeflateWorker _worker;
    private long _taken;

    /// <summary>An encoder that writes to <paramref name="output"/>, which it does not own.</summary>
    public DeflateEncoder(DeflateParameters parameters, Stream output)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(output);
        _worker = parameters.Strategy == MatchStrategy.Medium ? new CalledWorker(parameters, output) : new PlainWorker(parameters, output);
    }

    /// <summary>
    /// The content is of the kind on which this encoder is slower than about 2 MB/s. A count of its steps tells so, no
    /// clock: the same content gives the same answer everywhere.
    /// </summary>
    public bool IsTooSlow => _worker.Looked > FreeLooks + _taken * MaxLooksPerByte;

    internal long Looked => _worker.Looked;

    /// <summary>Takes in more bytes.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        _taken += data.Length;
        _worker.Append(data);
    }

    /// <summary>Ends the stream. Nothing may be appended afterwards.</summary>
    public void Finish() => _worker.Finish();
}
