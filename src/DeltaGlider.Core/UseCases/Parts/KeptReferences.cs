using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases.Bytes;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// The storage below the references in memory, as one that cannot fail: what it cannot give is fetched from the bucket,
/// what it cannot keep is used without it. The first trouble is told, and no more than that one.
/// </summary>
internal sealed partial class KeptReferences
{
    private readonly IReferenceStorage? _storage;
    private readonly IDeltaCodec _codec;
    private readonly ILogger _log;
    private int _warned;

    public KeptReferences(IReferenceStorage? storage, IDeltaCodec codec, ILogger log)
    {
        _storage = storage;
        _codec = codec;
        _log = log;
    }

    /// <summary>The reference, checked against its SHA-256; null when it must be had elsewhere.</summary>
    public async ValueTask<IDeltaReference?> TryLoadAsync(Sha256Digest sha256, CancellationToken cancellationToken)
    {
        if (_storage is null) return null;
        KeptReference? kept;
        try
        {
            kept = await _storage.OpenAsync(sha256, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            return Discard(sha256, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            WarnOnce(e);
            return null;
        }

        if (kept is null) return null;
        await using var closing = kept.ConfigureAwait(false);
        try
        {
            using var hashing = new HashingStream(kept.Content);
            var loaded = await _codec.LoadAsync(hashing, kept.Length, cancellationToken).ConfigureAwait(false);
            if (hashing.Digest() == sha256)
            {
                Found(sha256, kept.Length);
                return loaded;
            }

            loaded.Dispose();
            return Discard(sha256, $"its bytes have SHA-256 {hashing.Digest()}.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Discard(sha256, e.Message);
        }
    }

    /// <summary>Keeps a reference that has been checked, if that can be done.</summary>
    public async ValueTask KeepAsync(Sha256Digest sha256, IDeltaReference reference, CancellationToken cancellationToken)
    {
        if (_storage is null) return;
        try
        {
            await _storage.StoreAsync(sha256, new ReferenceContent(reference), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            WarnOnce(e);
        }
    }

    private IDeltaReference? Discard(Sha256Digest sha256, string why)
    {
        Damaged(sha256, why);
        try
        {
            _storage!.Forget(sha256);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            WarnOnce(e);
        }

        return null;
    }

    private void WarnOnce(Exception e)
    {
        if (Interlocked.Exchange(ref _warned, 1) == 0) Unusable(e.Message);
    }

    [LoggerMessage(121, LogLevel.Debug, "The reference with SHA-256 {Sha256} ({Bytes} bytes) came from the cache.")]
    private partial void Found(Sha256Digest sha256, long bytes);

    [LoggerMessage(122, LogLevel.Warning, "The cache's copy of the reference with SHA-256 {Sha256} is of no use and is given up; it is fetched anew: {Why}")]
    private partial void Damaged(Sha256Digest sha256, string why);

    [LoggerMessage(123, LogLevel.Warning, "The reference cache cannot be used, so references are fetched whenever they are needed: {Why}")]
    private partial void Unusable(string why);
}
