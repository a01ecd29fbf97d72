using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases.Bytes;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// Brings references into memory, each checked against its SHA-256: from memory, from what is kept below it, from the
/// bucket.
/// </summary>
internal sealed class ReferenceLoader
{
    private readonly IObjectReader _store;
    private readonly IDeltaCodec _codec;
    private readonly IReferenceCache _cache;
    private readonly KeptReferences _kept;

    public ReferenceLoader(IObjectReader store, IDeltaCodec codec, IReferenceCache cache, KeptReferences kept)
    {
        _store = store;
        _codec = codec;
        _cache = cache;
        _kept = kept;
    }

    /// <summary>Lends the reference at <paramref name="reference"/>, which must have this SHA-256.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ReferenceMissing"/> or
    /// <see cref="ErrorKind.ReferenceMismatch"/>.</exception>
    public ValueTask<ReferenceLease> AcquireAsync(
        S3Uri reference, Sha256Digest sha256, string neededBy, IProgressSink? progress, CancellationToken cancellationToken) =>
        _cache.AcquireAsync(sha256, token => LoadAsync(reference, sha256, neededBy, progress, token), cancellationToken);

    /// <summary>Lends a reference that is at hand as a local file.</summary>
    public ValueTask<ReferenceLease> AcquireAsync(
        IContent content, Sha256Digest sha256, Func<Exception> onMismatch, CancellationToken cancellationToken) =>
        _cache.AcquireAsync(
            sha256,
            async token =>
            {
                var stream = await content.OpenAsync(token).ConfigureAwait(false);
                await using var closing = stream.ConfigureAwait(false);
                return await LoadAsync(stream, content.Length, sha256, _ => onMismatch(), null, token).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>
    /// Lends a reference that must have this SHA-256, from memory, else from the bucket and from nowhere else.
    /// </summary>
    /// <param name="reference">Where it lies.</param>
    /// <param name="sha256">What it must have.</param>
    /// <param name="onRead">Told which version was read in the bucket and what SHA-256 it has; not called where none was.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="DeltaGliderException">As above.</exception>
    public ValueTask<ReferenceLease> AcquireFromBucketAsync(
        S3Uri reference, Sha256Digest sha256, Action<string, Sha256Digest> onRead, CancellationToken cancellationToken) =>
        _cache.AcquireAsync(sha256, token => FetchAsync(reference, sha256, reference.ToString(), null, onRead, token), cancellationToken);

    private async ValueTask<IDeltaReference> LoadAsync(
        S3Uri reference, Sha256Digest sha256, string neededBy, IProgressSink? progress, CancellationToken cancellationToken) =>
        await _kept.TryLoadAsync(sha256, cancellationToken).ConfigureAwait(false)
        ?? await FetchAsync(reference, sha256, neededBy, progress, null, cancellationToken).ConfigureAwait(false);

    private async ValueTask<IDeltaReference> FetchAsync(
        S3Uri reference, Sha256Digest sha256, string neededBy, IProgressSink? progress, Action<string, Sha256Digest>? onRead, CancellationToken cancellationToken)
    {
        OpenedObject opened;
        try
        {
            opened = await _store.OpenAsync(reference, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.ObjectNotFound)
        {
            throw Fail.ReferenceMissing(reference, neededBy);
        }

        await using var closing = opened.ConfigureAwait(false);
        var size = opened.Description.Size;
        Action<long>? report = progress is null
            ? null
            : done => progress.Report(new ByteProgress(WorkPhase.FetchingReference, reference.ToString(), done, size));
        return await LoadAsync(
            opened.Content, size, sha256, actual => Fail.ReferenceMismatch(reference, sha256, actual), report, cancellationToken, Tell).ConfigureAwait(false);

        void Tell(Sha256Digest actual) => onRead?.Invoke(opened.Description.ETag, actual);
    }

    private async ValueTask<IDeltaReference> LoadAsync(
        Stream stream, long length, Sha256Digest sha256, Func<Sha256Digest, Exception> onMismatch, Action<long>? report, CancellationToken cancellationToken, Action<Sha256Digest>? onRead = null)
    {
        using var hashing = new HashingStream(stream, report);
        var loaded = await _codec.LoadAsync(hashing, length, cancellationToken).ConfigureAwait(false);
        var actual = hashing.Digest();
        onRead?.Invoke(actual);
        try
        {
            if (actual != sha256) throw onMismatch(actual);
            await _kept.KeepAsync(sha256, loaded, cancellationToken).ConfigureAwait(false);
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }
}
