namespace DeltaGlider.Deep.Deflate;

/// <summary>
/// Deflates a stream of bytes exactly as one particular encoder does. How the bytes are cut into calls makes no
/// difference; whole blocks come out as soon as they are made. Needs about 500 KB.
/// </summary>
public sealed class DeflateEncoder
{
    private readonly IDeflateWorker _worker;

    /// <summary>An encoder that writes to <paramref name="output"/>, which it does not own.</summary>
    public DeflateEncoder(DeflateParameters parameters, Stream output)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(output);
        _worker = parameters.Strategy == MatchStrategy.Medium ? new CalledWorker(parameters, output) : new PlainWorker(parameters, output);
    }

    /// <summary>Takes in more bytes.</summary>
    public void Append(ReadOnlySpan<byte> data) => _worker.Append(data);

    /// <summary>Ends the stream. Nothing may be appended afterwards.</summary>
    public void Finish() => _worker.Finish();
}
