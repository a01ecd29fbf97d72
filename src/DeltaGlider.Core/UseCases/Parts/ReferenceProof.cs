using System.Collections.Concurrent;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases.Bytes;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// Looks whether a delta's reference is in the bucket and whole, whatever good copy of it is cached here: a reader
/// elsewhere has no such copy. Each version of a reference is read once, and what was read is used for its deltas.
/// </summary>
internal sealed class ReferenceProof
{
    private readonly IObjectReader _store;
    private readonly ReferenceLoader _loader;
    private readonly ConcurrentDictionary<(S3Uri Uri, string ETag), ReadOnce> _reads = new();

    public ReferenceProof(IObjectReader store, ReferenceLoader loader)
    {
        _store = store;
        _loader = loader;
    }

    /// <summary>Passes a delta of which one of the references it may be restored with is there and right.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ReferenceMissing"/> or
    /// <see cref="ErrorKind.ReferenceMismatch"/>.</exception>
    public async ValueTask EnsureAsync(ResolvedObject delta, ReferenceHold hold, CancellationToken cancellationToken)
    {
        if (delta.Metadata.ReferenceSha256 is not { } sha256) return; // restoring it says so
        DeltaGliderException? first = null;
        foreach (var reference in ReferencePlaces.Of(delta))
        {
            first = await TryAsync(reference, sha256, delta.Logical, hold, cancellationToken).ConfigureAwait(false) is { } error ? first ?? error : null;
            if (first is null) return;
        }

        throw first!;
    }

    /// <summary>The SHA-256 of a reference's bytes as they are in the bucket.</summary>
    public async ValueTask<Sha256Digest> HashAsync(StoredObject reference, Sha256Digest? expected, ReferenceHold hold, CancellationToken cancellationToken)
    {
        var key = (reference.Uri, reference.ETag);
        return await _reads.GetOrAdd(key, _ => new ReadOnce()).GetAsync(async () =>
        {
            var (etag, sha256) = await ReadAsync(reference.Uri, expected, hold, cancellationToken).ConfigureAwait(false);
            return (sha256, etag == reference.ETag);
        }, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<DeltaGliderException?> TryAsync(S3Uri reference, Sha256Digest sha256, S3Uri neededBy, ReferenceHold hold, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(reference, cancellationToken).ConfigureAwait(false) is not { } stored)
            return Fail.ReferenceMissing(reference, neededBy.ToString());
        var actual = await HashAsync(stored, sha256, hold, cancellationToken).ConfigureAwait(false);
        return actual == sha256 ? null : Fail.ReferenceMismatch(reference, sha256, actual);
    }

    // Into memory at once, where its deltas need it. One that is in memory already says nothing of the bucket's.
    private async ValueTask<(string ETag, Sha256Digest Sha256)> ReadAsync(S3Uri reference, Sha256Digest? expected, ReferenceHold hold, CancellationToken cancellationToken)
    {
        if (expected is null) return await StoredBytes.HashAsync(_store, reference, cancellationToken).ConfigureAwait(false);
        (string ETag, Sha256Digest Sha256)? read = null;
        try
        {
            hold.Keep(await _loader.AcquireFromBucketAsync(reference, expected, (etag, sha256) => read = (etag, sha256), cancellationToken).ConfigureAwait(false));
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.ReferenceMismatch && read is not null)
        {
            // Which is an answer, too.
        }

        return read ?? await StoredBytes.HashAsync(_store, reference, cancellationToken).ConfigureAwait(false);
    }
}
