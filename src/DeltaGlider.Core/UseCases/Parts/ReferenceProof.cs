using System.Collections.Concurrent;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases.Bytes;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// Looks whether a delta's reference is in the bucket and whole, whatever good copy of it is cached here: a reader
/// elsewhere has no such copy. Each version of a reference is read once.
/// </summary>
internal sealed class ReferenceProof
{
    private readonly IObjectReader _store;
    private readonly ConcurrentDictionary<(S3Uri Uri, string ETag), Sha256Digest> _read = new();

    public ReferenceProof(IObjectReader store) => _store = store;

    /// <summary>Passes a delta of which one of the references it may be restored with is there and right.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ReferenceMissing"/> or
    /// <see cref="ErrorKind.ReferenceMismatch"/>.</exception>
    public async ValueTask EnsureAsync(ResolvedObject delta, CancellationToken cancellationToken)
    {
        if (delta.Metadata.ReferenceSha256 is not { } sha256) return; // restoring it says so
        DeltaGliderException? first = null;
        foreach (var reference in ReferencePlaces.Of(delta))
        {
            first = await TryAsync(reference, sha256, delta.Logical, cancellationToken).ConfigureAwait(false) is { } error ? first ?? error : null;
            if (first is null) return;
        }

        throw first!;
    }

    private async ValueTask<DeltaGliderException?> TryAsync(S3Uri reference, Sha256Digest sha256, S3Uri neededBy, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(reference, cancellationToken).ConfigureAwait(false) is not { } stored)
            return Fail.ReferenceMissing(reference, neededBy.ToString());
        if (!_read.TryGetValue((reference, stored.ETag), out var actual))
        {
            (var etag, actual) = await StoredBytes.HashAsync(_store, reference, cancellationToken).ConfigureAwait(false);
            _read[(reference, etag)] = actual;
        }

        return actual == sha256 ? null : Fail.ReferenceMismatch(reference, sha256, actual);
    }
}
