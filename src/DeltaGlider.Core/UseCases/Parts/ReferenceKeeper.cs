using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;
using Microsoft.Extensions.Logging;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// The reference protocol: many writers, no lock server. A reference is created only where none is; a delta counts as
/// stored only when its reference was seen after the delta's own upload; a reference goes only when no delta is left,
/// and comes back when one has appeared meanwhile. So of a writer and a remover that race, at least one sees the other.
/// <para>
/// While a reference is being removed a copy of it lies at <see cref="SpareReference"/>. That is the right to remove, so
/// that there is one remover at a time even where the store compares and deletes in two steps; it tells writers to wait
/// before they report; and it is what readers and the next writer go by if the remover dies or is cut off half-way.
/// </para>
/// </summary>
internal sealed partial class ReferenceKeeper
{
    private const int PutBackAttempts = 3;

    // A remover that has not come to its delete by then lets it be; a writer waits longer than that.
    private static readonly TimeSpan RemoverPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WriterPatience = TimeSpan.FromSeconds(10);

    // So old, a spare is nobody's any more. Its remover may have been slow, but not so slow.
    internal static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(0.7);
    private const int RightAttempts = 4;

    // Each of them but the last has met a reference that was replaced since it was looked at.
    private const int Looks = 5;

    private readonly IObjectStore _store;
    private readonly ReferenceLoader _loader;
    private readonly MetadataWriter _metadata;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<S3Uri, DateTimeOffset> _outlasted = new();
    private readonly SharedLooks<DeltaSpace, InPlace> _looks;
    private readonly StoreClock _clock;

    public ReferenceKeeper(IObjectStore store, ReferenceLoader loader, MetadataWriter metadata, TimeProvider time, ILogger log)
    {
        _store = store;
        _loader = loader;
        _metadata = metadata;
        _time = time;
        _log = log;
        _looks = new SharedLooks<DeltaSpace, InPlace>(LookAsync);
        _clock = new StoreClock(store, time);
    }

    /// <summary>The reference of a deltaspace; null where there is none.</summary>
    public async ValueTask<HeldReference?> FindAsync(DeltaSpace space, string neededBy, IProgressSink? progress, CancellationToken cancellationToken) =>
        await _store.FindAsync(space.Reference, cancellationToken).ConfigureAwait(false) is { } stored
            ? await HoldAsync(stored, neededBy, progress, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>Brings a reference into memory that was seen a while ago; null when it is not there any more.</summary>
    public async ValueTask<HeldReference?> HoldAsync(StoredObject stored, string neededBy, IProgressSink? progress, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var sha256 = await Sha256OfAsync(stored, cancellationToken).ConfigureAwait(false);
            try
            {
                var lease = await _loader.AcquireAsync(stored.Uri, sha256, neededBy, progress, cancellationToken).ConfigureAwait(false);
                return new HeldReference(stored, lease, WasCreated: false);
            }
            catch (DeltaGliderException e) when (e.Kind == ErrorKind.ReferenceMissing)
            {
                return null;
            }
            catch (DeltaGliderException e) when (e.Kind == ErrorKind.ReferenceMismatch && look < Looks)
            {
                // Another may have taken its place between the look and the read. The same version with other bytes is damaged.
                if (await _store.FindAsync(stored.Uri, cancellationToken).ConfigureAwait(false) is not { } present) return null;
                if (present.ETag == stored.ETag) throw;
                stored = present;
            }
        }
    }

    /// <summary>
    /// Makes the file the reference of its deltaspace; null when another writer was first. Where one is just being removed,
    /// or was by somebody who died of it, that one comes back instead: deltas may need it.
    /// </summary>
    public async ValueTask<HeldReference?> TryCreateAsync(
        S3Uri logical, IContent content, ContentDigest digest, Func<Exception> onChanged, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var space = DeltaSpace.Of(logical);
        if (await FindSpareAsync(SpareReference.Of(space), cancellationToken).ConfigureAwait(false) is { } spare)
            return await BringBackAsync(space, spare, logical.ToString(), cancellationToken).ConfigureAwait(false);
        var lease = await _loader.AcquireAsync(content, digest.Sha256, onChanged, cancellationToken).ConfigureAwait(false);
        try
        {
            // From memory, where it was just checked: what is uploaded cannot have changed since.
            var request = new PutRequest(
                space.Reference,
                new ReferenceContent(lease.Reference),
                _metadata.ForReference(space.Reference, logical, digest, _time.GetUtcNow()))
            { Condition = PutCondition.IfAbsent };
            var onlyOnce = await _store.CreatesOnlyOnceAsync(space.Bucket, cancellationToken).ConfigureAwait(false);
            var started = _time.GetUtcNow();
            var stored = await _store.PutAsync(request, progress, cancellationToken).ConfigureAwait(false);
            if (!onlyOnce && !await PrevailsAsync(space, digest.Sha256, _time.GetUtcNow() - started, cancellationToken).ConfigureAwait(false))
            {
                lease.Dispose();
                return null;
            }

            ReferenceCreated(space, digest.Length, digest.Sha256);
            return new HeldReference(stored, lease, WasCreated: true);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.AlreadyExists)
        {
            lease.Dispose();
            return null;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>
    /// After a delta's upload: true when its reference is in place and nobody is about to remove it, put back if a remover
    /// took it meanwhile; false when another reference has taken its place, so that the delta must be made anew. Who asks
    /// at the same time shares one look, which begins after the last of their uploads has ended.
    /// </summary>
    public async ValueTask<bool> IsStillInPlaceAsync(HeldReference held, CancellationToken cancellationToken)
    {
        var space = DeltaSpace.Of(held.Stored.Uri);
        long? waiting = null;
        for (var putBacks = 0; ;)
        {
            var (reference, aside) = await _looks.AskAsync(space, cancellationToken).ConfigureAwait(false);
            if (reference is not { } present)
            {
                if (putBacks++ == PutBackAttempts) return false;
                await PutBackAsync(held, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (await Sha256OfAsync(present, cancellationToken).ConfigureAwait(false) != held.Sha256) return false;
            if (aside is not { } spare || IsOutlasted(spare)) return true;

            // A remover may have listed before our delta was there. Not until it is done do we know.
            waiting ??= _time.GetTimestamp();
            if (_time.GetElapsedTime(waiting.Value) > WriterPatience)
            {
                await OutlastAsync(spare, held.Sha256, cancellationToken).ConfigureAwait(false);
                return true;
            }

            await PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Removes the reference if no delta is left in its deltaspace. The caller holds it in memory, so that it can be put
    /// back if a delta appears while it goes, or if it cannot be seen whether one has.
    /// </summary>
    /// <returns>False when the reference stays.</returns>
    public async ValueTask<bool> RemoveIfUnusedAsync(HeldReference held, CancellationToken cancellationToken)
    {
        var space = DeltaSpace.Of(held.Stored.Uri);
        if (await AnyDeltaAsync(space, cancellationToken).ConfigureAwait(false)) return false;
        var right = Guid.NewGuid().ToString("n");
        if (!await TrySetAsideAsync(space, held, right, cancellationToken).ConfigureAwait(false)) return false;
        var since = _time.GetTimestamp();
        using var grace = new Grace(_time, cancellationToken);
        var isSafe = true;
        try
        {
            if (await AnyDeltaAsync(space, cancellationToken).ConfigureAwait(false)) return false;
            if (!await HasRightAsync(space, right, cancellationToken).ConfigureAwait(false)) return false;
            if (_time.GetElapsedTime(since) > RemoverPatience) return false;
            isSafe = false;
            var removed = await RemoveAsync(space, held, grace, cancellationToken).ConfigureAwait(false);
            isSafe = removed || await IsSafeWithoutSpareAsync(space, held, grace).ConfigureAwait(false);
            return removed;
        }
        finally
        {
            if (isSafe) await DropSpareAsync(space, right, grace).ConfigureAwait(false);
            else await KeepSpareAsync(space, held, right, grace).ConfigureAwait(false);
        }
    }

    /// <summary>The keys of a deltaspace's deltas, as a listing shows them.</summary>
    public async IAsyncEnumerable<string> DeltasAsync(DeltaSpace space, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListRequest(space.Bucket, space.Prefix) { Delimiter = "/" };
        await foreach (var page in _store.ListAsync(request, cancellationToken).ConfigureAwait(false))
        {
            foreach (var listed in page.Objects.Where(listed => DeltaSpace.IsDeltaKey(listed.Key)))
                yield return listed.Key;
        }
    }

    private async ValueTask<bool> RemoveAsync(DeltaSpace space, HeldReference held, Grace grace, CancellationToken cancellationToken)
    {
        try
        {
            if (!await _store.DeleteAsync(held.Stored.Uri, held.Stored.ETag, cancellationToken).ConfigureAwait(false)) return false;

            // Once the reference is gone the work is not cut short by the caller, only by a store that does not answer.
            if (!await grace.RunAsync(token => AnyDeltaAsync(space, token)).ConfigureAwait(false))
            {
                ReferenceRemoved(space, held.Stored.Size);
                return true;
            }
        }
        catch
        {
            // The delete may have taken place all the same: an unused reference is waste, a missing one is loss.
            await PutBackInTimeAsync(held, grace).ConfigureAwait(false);
            throw;
        }

        await PutBackInTimeAsync(held, grace).ConfigureAwait(false);
        return false;
    }

    /// <summary>Takes the right to remove, by creating the spare; false when another has it.</summary>
    private async ValueTask<bool> TrySetAsideAsync(DeltaSpace space, HeldReference held, string right, CancellationToken cancellationToken)
    {
        var spare = SpareReference.Of(space);

        // Asked here so that putting back, when it is needed, need not ask.
        await _store.CreatesOnlyOnceAsync(space.Bucket, cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            if (await TryCreateSpareAsync(space, held, right, cancellationToken).ConfigureAwait(false)) return true;
            if (attempt == RightAttempts) return false;
            await PauseAsync(cancellationToken).ConfigureAwait(false);
            if (await AnyDeltaAsync(space, cancellationToken).ConfigureAwait(false)) return false;
            if (await FindSpareAsync(spare, cancellationToken).ConfigureAwait(false) is { } abandoned
                && await _clock.IsOlderAsync(abandoned, Abandoned, cancellationToken).ConfigureAwait(false))
                await _store.DeleteAsync(spare, abandoned.ETag, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> TryCreateSpareAsync(DeltaSpace space, HeldReference held, string right, CancellationToken cancellationToken)
    {
        try
        {
            var metadata = SpareReference.Mark(held.Stored.Metadata, right);
            var request = new PutRequest(SpareReference.Of(space), new ReferenceContent(held.Lease.Reference), metadata) { Condition = PutCondition.IfAbsent };
            await _store.PutAsync(request, null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.AlreadyExists)
        {
            return false;
        }
    }

    private async ValueTask<bool> HasRightAsync(DeltaSpace space, string right, CancellationToken cancellationToken) =>
        await FindSpareAsync(SpareReference.Of(space), cancellationToken).ConfigureAwait(false) is { } spare && SpareReference.Has(spare, right);

    // With another reference in place, deltas of ours that were not reported yet can be read by the spare alone.
    private ValueTask<bool> IsSafeWithoutSpareAsync(DeltaSpace space, HeldReference held, Grace grace) => grace.RunAsync(async token =>
        (await _store.FindAsync(space.Reference, token).ConfigureAwait(false) is { } present
            && await Sha256OfAsync(present, token).ConfigureAwait(false) == held.Sha256)
        || !await AnyDeltaAsync(space, token).ConfigureAwait(false));

    // It is needed, and may be gone: a delete by the remover before, sent once more because its answer was lost, takes it too.
    private async ValueTask KeepSpareAsync(DeltaSpace space, HeldReference held, string right, Grace grace)
    {
        try
        {
            await grace.RunAsync(token => TryCreateSpareAsync(space, held, right, token)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DeltaGliderException or OperationCanceledException)
        {
            // Most likely it is there; and what led here is on its way to the caller.
        }
    }

    // By now another may have the right, and then the spare is the other's.
    private async ValueTask DropSpareAsync(DeltaSpace space, string right, Grace grace)
    {
        try
        {
            await grace.RunAsync(async token =>
                await HasRightAsync(space, right, token).ConfigureAwait(false)
                && await _store.DeleteAsync(SpareReference.Of(space), null, token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DeltaGliderException or OperationCanceledException)
        {
            SpareKept(SpareReference.Of(space), e.Message);
        }
    }

    /// <summary>Puts the spare in the reference's place; null when something is there already, or the spare has gone.</summary>
    private async ValueTask<HeldReference?> BringBackAsync(DeltaSpace space, StoredObject spare, string neededBy, CancellationToken cancellationToken)
    {
        ReferenceLease? lease = null;
        try
        {
            lease = await _loader.AcquireAsync(
                spare.Uri, await Sha256OfAsync(spare, cancellationToken).ConfigureAwait(false), neededBy, null, cancellationToken).ConfigureAwait(false);
            var metadata = SpareReference.Unmark(spare.Metadata);
            var request = new PutRequest(space.Reference, new ReferenceContent(lease.Reference), metadata) { Condition = PutCondition.IfAbsent };
            var stored = await _store.PutAsync(request, null, cancellationToken).ConfigureAwait(false);
            ReferencePutBack(space.Reference);
            return new HeldReference(stored, lease, WasCreated: false);
        }
        catch (DeltaGliderException e) when (e.Kind is ErrorKind.AlreadyExists or ErrorKind.ReferenceMissing or ErrorKind.ObjectNotFound)
        {
            lease?.Dispose();
            return null;
        }
        catch
        {
            lease?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Where conditions are ignored: two may both have created the reference, and the later one stands. True when that is
    /// ours, once everybody who looked before it was there has had time to write.
    /// </summary>
    private async ValueTask<bool> PrevailsAsync(DeltaSpace space, Sha256Digest sha256, TimeSpan uploadTime, CancellationToken cancellationToken)
    {
        NoConditions(space.Reference);
        var settling = Settling + (Settling * Random.Shared.NextDouble()) + (2 * uploadTime);
        await Task.Delay(settling, _time, cancellationToken).ConfigureAwait(false);
        return await _store.FindAsync(space.Reference, cancellationToken).ConfigureAwait(false) is { } present
            && await Sha256OfAsync(present, cancellationToken).ConfigureAwait(false) == sha256;
    }

    private async Task<InPlace> LookAsync(DeltaSpace space, CancellationToken cancellationToken)
    {
        var reference = _store.FindAsync(space.Reference, cancellationToken).AsTask();
        var spare = FindSpareAsync(SpareReference.Of(space), cancellationToken).AsTask();
        await Task.WhenAll(reference, spare).ConfigureAwait(false);
        return new InPlace(await reference.ConfigureAwait(false), await spare.ConfigureAwait(false));
    }

    // Who may use no more than a prefix of the bucket sees no spare, and could not make one either.
    private async ValueTask<StoredObject?> FindSpareAsync(S3Uri spare, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.FindAsync(spare, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.AccessDenied)
        {
            return null;
        }
    }

    private bool IsOutlasted(StoredObject spare) => _outlasted.TryGetValue(spare.Uri, out var seen) && seen == spare.LastModified;

    /// <summary>
    /// Its remover is dead, or very slow: then the spare is what saves our delta, and so it stays until it is abandoned for
    /// certain. One of another reference than that in place stays in any case.
    /// </summary>
    private async ValueTask OutlastAsync(StoredObject spare, Sha256Digest inPlace, CancellationToken cancellationToken)
    {
        SpareOutlasted(spare.Uri);
        _outlasted[spare.Uri] = spare.LastModified;
        if (await Sha256OfAsync(spare, cancellationToken).ConfigureAwait(false) == inPlace
            && await _clock.IsOlderAsync(spare, Abandoned, cancellationToken).ConfigureAwait(false))
            await _store.DeleteAsync(spare.Uri, spare.ETag, cancellationToken).ConfigureAwait(false);
    }

    private Task PauseAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(20, 120)), _time, cancellationToken);

    /// <summary>
    /// True when the deltaspace has a delta. Any key of that form counts, also a user's own: an unused reference is waste, a
    /// missing one is loss.
    /// </summary>
    public async ValueTask<bool> AnyDeltaAsync(DeltaSpace space, CancellationToken cancellationToken)
    {
        await foreach (var _ in DeltasAsync(space, cancellationToken).ConfigureAwait(false))
            return true;
        return false;
    }

    // Where there is no time left it stays away: the spare does for readers, and the next writer brings it back.
    private async ValueTask PutBackInTimeAsync(HeldReference held, Grace grace)
    {
        for (var attempt = 1; !grace.IsOver; attempt++)
        {
            try
            {
                await grace.RunAsync(async token =>
                {
                    await PutBackAsync(held, token).ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is DeltaGliderException or OperationCanceledException)
            {
                if (attempt == PutBackAttempts) throw Fail.ReferenceNotPutBack(held.Stored.Uri, e);
            }
        }
    }

    private async ValueTask PutBackAsync(HeldReference held, CancellationToken cancellationToken)
    {
        try
        {
            var request = new PutRequest(held.Stored.Uri, new ReferenceContent(held.Lease.Reference), held.Stored.Metadata)
            {
                Condition = PutCondition.IfAbsent,
                StorageClass = held.Stored.StorageClass,
            };
            await _store.CreatesOnlyOnceAsync(held.Stored.Uri.Bucket, cancellationToken).ConfigureAwait(false);
            await _store.PutAsync(request, null, cancellationToken).ConfigureAwait(false);
            ReferencePutBack(held.Stored.Uri);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.AlreadyExists)
        {
            // Somebody else put one there: the caller looks which one it is.
        }
    }

    private async ValueTask<Sha256Digest> Sha256OfAsync(StoredObject reference, CancellationToken cancellationToken)
    {
        if (MetadataReader.Read(reference.Metadata).FileSha256 is { } recorded) return recorded;

        // A reference whose metadata was lost: its bytes say what it is.
        return (await StoredBytes.HashAsync(_store, reference.Uri, cancellationToken).ConfigureAwait(false)).Sha256;
    }

    [LoggerMessage(101, LogLevel.Information, "{Space} has its first file: {Bytes} bytes with SHA-256 {Sha256} are its reference.")]
    private partial void ReferenceCreated(DeltaSpace space, long bytes, Sha256Digest sha256);

    [LoggerMessage(102, LogLevel.Information, "{Space} has no delta any more: its reference of {Bytes} bytes was removed.")]
    private partial void ReferenceRemoved(DeltaSpace space, long bytes);

    [LoggerMessage(103, LogLevel.Warning, "{Reference} was removed by others while a delta of it was being stored, and was put back.")]
    private partial void ReferencePutBack(S3Uri reference);

    [LoggerMessage(105, LogLevel.Warning, "{Spare}, a copy kept while a reference was removed, could not be deleted: {Reason}")]
    private partial void SpareKept(S3Uri spare, string reason);

    [LoggerMessage(106, LogLevel.Warning, "{Spare} says that a reference is being removed, and has for long: whoever began it seems to have died.")]
    private partial void SpareOutlasted(S3Uri spare);

    [LoggerMessage(107, LogLevel.Information, "The store ignores conditions on writes: {Reference} was created, and is looked at again after a while.")]
    private partial void NoConditions(S3Uri reference);
}
