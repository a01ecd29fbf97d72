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
    private readonly SpaceLine _line;
    private readonly MetadataWriter _metadata;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public DeltaWriter(IObjectStore store, VariantLocator locator, ReferenceKeeper references, SpaceLine line, MetadataWriter metadata, TimeProvider time, ILogger log)
    {
        _store = store;
        _locator = locator;
        _references = references;
        _line = line;
        _metadata = metadata;
        _time = time;
        _log = log;
    }

    /// <summary>Takes a file's place among those that come to the reference of their deltaspace, at once.</summary>
    public SpaceLine.Place Enter(S3Uri logical) => _line.Enter(DeltaSpace.Of(logical));

    /// <summary>
    /// Stores the file as a delta; null when that is not worth it (or, after many lost races, not to be had) and nothing
    /// of it was kept, so that it should be stored whole.
    /// </summary>
    public async ValueTask<WriteOutcome?> TryWriteAsync(
        S3Uri logical, SourceFile source, SpaceLine.Place first, double maxRatio, DeltaFormat format, string? storageClass, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var encodeTime = TimeSpan.Zero;
        var referenceBytes = 0L;
        StoredObject? outdated = null;
        ResolvedObject? whole = null;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            using var place = attempt == 1 ? first : Enter(logical);
            using var held = await HoldReferenceAsync(logical, source, place, outdated, progress, cancellationToken).ConfigureAwait(false);
            if (held is null) continue;
            outdated = held.Stored;
            if (held.WasCreated) referenceBytes = source.Digest.Length;

            using var delta = new DeltaBuffer(LimitOf(source.Digest, held.Sha256, maxRatio));
            var started = Stopwatch.GetTimestamp();
            // The reference itself is a few instructions in any format, and so every reader's.
            var encoded = await EncodeAsync(held, source, held.Sha256 == source.Digest.Sha256 ? DeltaFormat.Vcdiff : format, delta, progress, cancellationToken).ConfigureAwait(false);
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

            var stored = await UploadAsync(logical, source, held, delta, isDeep, whole, storageClass, progress, cancellationToken).ConfigureAwait(false);
            if (!await _references.IsStillInPlaceAsync(held, cancellationToken).ConfigureAwait(false))
            {
                ReferenceReplaced(logical, attempt);
                continue;
            }

            // Only now: until the delta is sure to be readable, the old variant is the object.
            whole = await _locator.FindBesideAsync(logical, stored.Uri, cancellationToken).ConfigureAwait(false);
            if (whole is null || await RemoveOlderAsync(whole, stored, cancellationToken).ConfigureAwait(false))
                return new WriteOutcome(stored, referenceBytes, encodeTime);
        }

        return null;
    }

    /// <summary>The most bytes that a delta may have to be worth it.</summary>
    internal static long LimitOf(ContentDigest file, Sha256Digest reference, double maxRatio) =>
        file.Sha256 == reference ? Math.Max(AlwaysAllowed, file.Length) : (long)(file.Length * maxRatio);

    private async ValueTask<HeldReference?> HoldReferenceAsync(
        S3Uri logical, SourceFile source, SpaceLine.Place place, StoredObject? outdated, IProgressSink? progress, CancellationToken cancellationToken)
    {
        HeldReference? held = null;
        try
        {
            // Whether it is still in place is seen after the upload, as it is of one that was looked for.
            if (await place.TurnAsync(cancellationToken).ConfigureAwait(false) is { } known && known != outdated)
                held = await _references.HoldAsync(known, logical.ToString(), progress, cancellationToken).ConfigureAwait(false);
            held ??= await _references.FindAsync(DeltaSpace.Of(logical), logical.ToString(), progress, cancellationToken).ConfigureAwait(false)
                ?? await _references.TryCreateAsync(
                    logical, source.Content, source.Digest, source.Changed, UploadProgress.For(progress, logical, source.Digest.Length), cancellationToken).ConfigureAwait(false);
            return held;
        }
        finally
        {
            place.Leave(held?.Stored);
        }
    }

    /// <summary>Whether the delta is a deep one; null when it would be too large.</summary>
    internal static async ValueTask<bool?> EncodeAsync(
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
        using var counted = new CountedStream(target, Reporting(WorkPhase.Encoding, source, progress));
        await held.Lease.Reference.EncodeAsync(counted, delta, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Decodes the delta again, as any reader will have to, and compares: only then may it be stored. False for a deep delta
    /// that does not come back: there is always the plain one.
    /// </summary>
    internal static async ValueTask<bool> ProveAsync(
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
        S3Uri logical, SourceFile source, HeldReference held, DeltaBuffer delta, bool isDeep, ResolvedObject? whole, string? storageClass, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var createdAt = VariantChoice.CreatedAfter(_time.GetUtcNow(), whole);
        var metadata = _metadata.ForDelta(logical, source.Digest, held.Sha256, delta.Length, createdAt, source.Facts, isDeep ? DeltaCodecs.Deep : null);
        var request = new PutRequest(DeltaSpace.DeltaOf(logical), delta, metadata) { StorageClass = storageClass };
        return await _store.PutAsync(request, UploadProgress.For(progress, logical, delta.Length), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes an older file stored whole. False when the delta is to be written again: the other file passes for the newer
    /// one, by a clock ahead of ours or because it came meanwhile; or no variant is left, because another writer removed
    /// ours while we removed that one's; or only one older than ours, because ours was removed for a delta of before.
    /// </summary>
    private async ValueTask<bool> RemoveOlderAsync(ResolvedObject present, StoredObject ours, CancellationToken cancellationToken)
    {
        if (present.Superseded is not { } old) return !ObjectVersion.IsOlder(present.Stored, ours);
        if (present.Kind != StorageKind.Delta) return ObjectVersion.IsSame(present.Stored, ours); // re-encoded meanwhile
        await _store.DeleteAsync(old.Uri, old.ETag, cancellationToken).ConfigureAwait(false);
        return await _locator.FindAsync(present.Logical, cancellationToken).ConfigureAwait(false) is not null;
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
