using System.Security.Cryptography;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Bytes;

/// <summary>Passes bytes through, either way, counts them and takes their SHA-256. Does not own the inner stream.</summary>
/// <param name="inner">Where bytes come from or go to.</param>
/// <param name="onBytes">Told of the count so far after each read or write.</param>
internal sealed class HashingStream(Stream inner, Action<long>? onBytes = null) : CountedStream(inner, onBytes)
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The SHA-256 of what has passed so far.</summary>
    public Sha256Digest Digest() => Sha256Digest.FromBytes(_sha256.GetCurrentHash());

    protected override void Dispose(bool disposing)
    {
        if (disposing) _sha256.Dispose();
        base.Dispose(disposing);
    }

    protected override void Take(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        base.Take(bytes);
    }
}
