using System.Diagnostics;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>Stores a file as a delta, and the first one of a deltaspace as its reference too.</summary>
internal sealed partial class DeltaWriter
{
    // Each attempt is lost only to another writer's success. After these the file is stored whole, which needs no luck.
    private const int Attempts = 5;

    // The first file of a deltaspace is a delta against itself: a few instructions, however large the file.
    private const long AlwaysAllowed = 64 * 1024;

    // Where deep deltas are asked for, and where they are to pay for not being read by other programs.
    private const double DeepShare = 0.95;
    private const double AutoShare = 0.5;

    // After so long it is worth a look whether the reference is still there, before a delta of it is.
    private static readonly TimeSpan LongEncoding = TimeSpan.FromSeconds(1);

    private readonly IObjectStore _store;
    private readonly VariantLocator _locator;
    private readonly ReferenceKeeper _references;
    private readonly SpaceLocks _locks;
    private readonly MetadataWriter _metadata;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public DeltaWriter(IObjectStore store, VariantLocator locator, ReferenceKeeper references, SpaceLocks locks, MetadataWriter metadata, TimeProvider time, ILogger log)
    {
        _store = store;
        _locator = locator;
        _references = references;
        _locks = locks;
        _metadata = metadata;
        _time = time;
        _log = log;
    }

    /// <summary>
    /// Stores the file as a delta; null when that is not worth it (or, after many lost races, not to be had) and nothing
    /// of it was kept, so that it should be stored whole.
    /// </summary>
    public async ValueTask<WriteOutcome?> TryWriteAsync(
        S3Uri logical, SourceFile source, double maxRatio, DeltaFormat format, string? storageClass, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var encodeTime = TimeSpan.Zero;
        var referenceBytes = 0L;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            using var held = await HoldReferenceAsync(logical, source, progress, cancellationToken).ConfigureAwait(false);
            if (held is null) continue;
            if (held.WasCreated) referenceBytes = source.Digest.Length;

            var identical = held.Sha256 == source.Digest.Sha256;
            var limit = identical ? Math.Max(AlwaysAllowed, source.Digest.Length) : (long)(source.Digest.Length * maxRatio);
            using var delta = new DeltaBuffer(limit);
            var started = Stopwatch.GetTimestamp();
            // The reference itself is a few instructions in any format, and so every reader's.
            var encoded = await EncodeAsync(held, source, identical ? DeltaFormat.Vcdiff : format, delta, progress, cancellationToken).ConfigureAwait(false);
            if (encoded is not { } isDeep)
            {
                NotWorthIt(logical, maxRatio);
                return null;
            }

            encodeTime = Stopwatch.GetElapsedTime(started);
            if (!await ProveAsync(logical, held, source, delta, isDeep, progress, cancellationToken).ConfigureAwait(false))
            {
                DeepUnproven(logical);
                format = DeltaFormat.Vcdiff;
                continue;
            }

            if (Stopwatch.GetElapsedTime(started) > LongEncoding && !await _references.IsStillInPlaceAsync(held, cancellationToken).ConfigureAwait(false))
            {
                ReferenceReplaced(logical, attempt);
                continue;
            }

            var stored = await UploadAsync(logical, source, held, delta, isDeep, storageClass, progress, cancellationToken).ConfigureAwait(false);
            if (!await _references.IsStillInPlaceAsync(held, cancellationToken).ConfigureAwait(false))
            {
                ReferenceReplaced(logical, attempt);
                continue;
            }

            if (await RemoveOtherVariantAsync(logical, cancellationToken).ConfigureAwait(false))
                return new WriteOutcome(stored, referenceBytes, encodeTime);
        }

        return null;
    }

    private async ValueTask<HeldReference?> HoldReferenceAsync(S3Uri logical, SourceFile source, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var space = DeltaSpace.Of(logical);
        if (await _references.FindAsync(space, logical.ToString(), progress, cancellationToken).ConfigureAwait(false) is { } found) return found;

        // Of several first files of this process one becomes the reference; the others wait for it, rather than to upload
        // themselves for nothing.
        using var alone = await _locks.EnterAsync(space, cancellationToken).ConfigureAwait(false);
        return await _references.FindAsync(space, logical.ToString(), progress, cancellationToken).ConfigureAwait(false)
            ?? await _references.TryCreateAsync(
                logical, source.Content, source.Digest, source.Changed, UploadProgress.For(progress, logical, source.Digest.Length), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the delta is a deep one; null when it would be too large.</summary>
    private static async ValueTask<bool?> EncodeAsync(
        HeldReference held, SourceFile source, DeltaFormat format, DeltaBuffer delta, IProgressSink? progress, CancellationToken cancellationToken)
    {
        try
        {
            if (format != DeltaFormat.Vcdiff) return await EncodeDeepAsync(held, source, format, delta, progress, cancellationToken).ConfigureAwait(false);
            await EncodePlainAsync(held, source, delta, progress, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (DeltaTooLargeException)
        {
            return null;
        }
    }

    private static ValueTask<bool> EncodeDeepAsync(
        HeldReference held, SourceFile source, DeltaFormat format, DeltaBuffer delta, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var report = Reporting(WorkPhase.Encoding, source, progress);
        Action<double>? reportShare = report is null ? null : share => report((long)(share * source.Digest.Length));
        return held.Lease.Reference.EncodeDeepAsync(source.Content, delta, format == DeltaFormat.Auto ? AutoShare : DeepShare, reportShare, cancellationToken);
    }

    private static async ValueTask EncodePlainAsync(HeldReference held, SourceFile source, DeltaBuffer delta, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var target = await source.Content.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = target.ConfigureAwait(false);
        using var counted = new HashingStream(target, Reporting(WorkPhase.Encoding, source, progress));
        await held.Lease.Reference.EncodeAsync(counted, delta, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Decodes the delta again, as any reader will have to, and compares: only then may it be stored. False for a deep delta
    /// that does not come back: there is always the plain one.
    /// </summary>
    private static async ValueTask<bool> ProveAsync(
        S3Uri logical, HeldReference held, SourceFile source, DeltaBuffer delta, bool isDeep, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var bytes = await delta.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = bytes.ConfigureAwait(false);
        using var decoded = new HashingStream(Stream.Null, Reporting(WorkPhase.Proving, source, progress));
        try
        {
            if (isDeep) await held.Lease.Reference.DecodeDeepAsync(bytes, decoded, source.Digest.Length, cancellationToken).ConfigureAwait(false);
            else await held.Lease.Reference.DecodeAsync(bytes, decoded, source.Digest.Length, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.DeltaUndecodable)
        {
            if (isDeep) return false;
            throw Fail.ProofFailed(source.File.FullPath, logical, e);
        }

        if (decoded.Count == source.Digest.Length && decoded.Digest() == source.Digest.Sha256) return true;
        if (isDeep) return false;
        throw Fail.ProofFailed(source.File.FullPath, logical, null);
    }

    private async ValueTask<StoredObject> UploadAsync(
        S3Uri logical, SourceFile source, HeldReference held, DeltaBuffer delta, bool isDeep, string? storageClass, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var before = await _locator.FindAsync(logical, cancellationToken).ConfigureAwait(false);
        var createdAt = VariantChoice.CreatedAfter(_time.GetUtcNow(), before?.Metadata.CreatedAt);
        var metadata = _metadata.ForDelta(logical, source.Digest, held.Sha256, delta.Length, createdAt, source.Facts, isDeep ? DeltaCodecs.Deep : null);
        var request = new PutRequest(DeltaSpace.DeltaOf(logical), delta, metadata) { StorageClass = storageClass };
        return await _store.PutAsync(request, UploadProgress.For(progress, logical, delta.Length), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes the variant that does not count: an older file stored whole, or our own delta where somebody stored a newer
    /// file whole meanwhile. False when no variant is left: another writer removed ours while we removed that one's.
    /// </summary>
    private async ValueTask<bool> RemoveOtherVariantAsync(S3Uri logical, CancellationToken cancellationToken)
    {
        var present = await _locator.FindAsync(logical, cancellationToken).ConfigureAwait(false);
        if (present is not { Superseded: { } old }) return true;
        await _store.DeleteAsync(old.Uri, old.ETag, cancellationToken).ConfigureAwait(false);
        return await _locator.FindAsync(logical, cancellationToken).ConfigureAwait(false) is not null;
    }

    private static Action<long>? Reporting(WorkPhase phase, SourceFile source, IProgressSink? progress) => progress is null
        ? null
        : done => progress.Report(new ByteProgress(phase, source.File.FullPath, done, source.Digest.Length));

    [LoggerMessage(111, LogLevel.Information, "{Uri}: its delta would take more than {MaxRatio} of the file, so it is stored whole.")]
    private partial void NotWorthIt(S3Uri uri, double maxRatio);

    [LoggerMessage(113, LogLevel.Warning, "{Uri}: its deep delta did not give the file back, so a plain one is made.")]
    private partial void DeepUnproven(S3Uri uri);

    [LoggerMessage(112, LogLevel.Warning, "{Uri}: its reference was replaced by others while its delta was being stored (attempt {Attempt}).")]
    private partial void ReferenceReplaced(S3Uri uri, int attempt);
}
