using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Verifies everything below a prefix, several objects at once, each reference fetched once for all of its deltas. A
/// reference itself is told of only when something is wrong with it: nothing needs it, its metadata is gone, or its bytes
/// are not those that its metadata says.
/// </summary>
public sealed class ScrubPrefix
{
    private readonly IObjectStore _store;
    private readonly VerifyObject _verify;
    private readonly ReferenceProof _proof;
    private readonly TransferGate _transfers;

    internal ScrubPrefix(IObjectStore store, VerifyObject verify, ReferenceProof proof, TransferGate transfers)
    {
        _store = store;
        _verify = verify;
        _proof = proof;
        _transfers = transfers;
    }

    /// <summary>
    /// The objects in the order of the stored keys; a reference comes after the rest of its deltaspace. What keeps one
    /// object from being looked at is told of and the others go on.
    /// </summary>
    /// <exception cref="DeltaGliderException">The listing breaks off, or the credentials do not do.</exception>
    public async IAsyncEnumerable<ScrubItem> RunAsync(S3Uri prefix, IProgressSink? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (prefix.Bucket.Length == 0) throw Fail.InvalidArgument(prefix.ToString(), $"{prefix} names no bucket.", "Write it as s3://bucket or s3://bucket/prefix.");
        var open = new ConcurrentDictionary<ScrubSpace, bool>();
        var walk = new SpaceWalk<ScrubSpace>(_store, space => Open(space, prefix, open));
        var checks = OrderedParallel.SelectAsync(
            walk.StepsAsync(prefix, null, cancellationToken),
            _transfers.Limit,
            (step, token) => new ValueTask<(SpaceStep<ScrubSpace> Step, List<ScrubItem> Items)>(Task.Run(() => CheckAsync(step, progress, token), token)),
            cancellationToken);
        try
        {
            await foreach (var (step, items) in checks.ConfigureAwait(false))
            {
                foreach (var item in items) yield return item;
                step.Space.Reference ??= step.Reference;
                step.Space.HasDeltas |= step.Candidate?.Delta is not null;
                if (!step.IsEnd) continue;
                if (await CheckReferenceAsync(step.Space, cancellationToken).ConfigureAwait(false) is { } reference) yield return reference;
                open.TryRemove(step.Space, out _);
                step.Space.Dispose();
            }
        }
        finally
        {
            foreach (var space in open.Keys) space.Dispose();
        }
    }

    private static ScrubSpace Open(DeltaSpace space, S3Uri prefix, ConcurrentDictionary<ScrubSpace, bool> open)
    {
        var opened = new ScrubSpace(space, space.Prefix.Length < prefix.Key.Length);
        open.TryAdd(opened, true);
        return opened;
    }

    private async Task<(SpaceStep<ScrubSpace> Step, List<ScrubItem> Items)> CheckAsync(SpaceStep<ScrubSpace> step, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var items = new List<ScrubItem>();
        if (step.Candidate is not { } candidate) return (step, items);
        using var lane = await _transfers.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (await VerifyAsync(candidate.Uri, step.Space, progress, cancellationToken).ConfigureAwait(false) is { } item) items.Add(item);
        if (candidate.Delta is { } delta && (items.Count == 0 || candidate.Direct is not null))
        {
            // A user's own file may be called so, alone or beside another one.
            var uri = candidate.Uri.WithKey(delta.Key);
            if (await IsOwnFileAsync(uri, cancellationToken).ConfigureAwait(false)
                && await VerifyAsync(uri, step.Space, progress, cancellationToken).ConfigureAwait(false) is { } own) items.Add(own);
        }

        return (step, items);
    }

    private async ValueTask<ScrubItem?> VerifyAsync(S3Uri uri, ScrubSpace space, IProgressSink? progress, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = await Operation.RunAsync("verify", uri, _ => _verify.CheckAsync(uri, space.References, progress, cancellationToken)).ConfigureAwait(false);
            return new ScrubItem(uri, result, null) { Elapsed = Stopwatch.GetElapsedTime(started) };
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.ObjectNotFound)
        {
            return null; // it has gone since it was listed
        }
        catch (DeltaGliderException e) when (e.Kind is not (ErrorKind.NoCredentials or ErrorKind.CredentialsRejected))
        {
            return new ScrubItem(uri, null, e);
        }
    }

    private async ValueTask<bool> IsOwnFileAsync(S3Uri uri, CancellationToken cancellationToken)
    {
        try
        {
            return VariantLocator.Interpret(uri, await _store.FindAsync(uri, cancellationToken).ConfigureAwait(false)) is { Kind: not StorageKind.Delta };
        }
        catch (DeltaGliderException e) when (e.Kind is not (ErrorKind.NoCredentials or ErrorKind.CredentialsRejected))
        {
            return true; // reading it tells the error
        }
    }

    private async ValueTask<ScrubItem?> CheckReferenceAsync(ScrubSpace space, CancellationToken cancellationToken)
    {
        if (space.Reference is null || space.IsPartial) return null;
        var uri = space.Space.Reference;
        var started = Stopwatch.GetTimestamp();
        using var lane = await _transfers.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await _store.FindAsync(uri, cancellationToken).ConfigureAwait(false) is not { } stored) return null;
            var recorded = MetadataReader.Read(stored.Metadata).FileSha256;
            var actual = await _proof.HashAsync(stored, recorded, space.References, cancellationToken).ConfigureAwait(false);
            return Describe(stored, recorded, actual, space.HasDeltas) is { } result ? new ScrubItem(uri, result, null) { Elapsed = Stopwatch.GetElapsedTime(started) } : null;
        }
        catch (DeltaGliderException e) when (Findings.Of(e.Kind) is { } finding)
        {
            // The store itself has noticed that the bytes are not those it took.
            return new ScrubItem(uri, new VerifyObjectResult(uri, false, null, null) { Storage = StorageKind.Reference, Finding = finding, Problem = e.Kind, Reason = e.Message }, null);
        }
        catch (DeltaGliderException e) when (e.Kind is not (ErrorKind.NoCredentials or ErrorKind.CredentialsRejected))
        {
            return new ScrubItem(uri, null, e);
        }
    }

    private static VerifyObjectResult? Describe(StoredObject reference, Sha256Digest? recorded, Sha256Digest actual, bool isNeeded)
    {
        var result = new VerifyObjectResult(reference.Uri, recorded == actual, recorded, actual) { Storage = StorageKind.Reference, Size = reference.Size, StoredSize = reference.Size };
        if (recorded is null)
        {
            return isNeeded
                ? result with { Finding = VerifyFinding.MetadataLost, Problem = ErrorKind.MetadataIncomplete, Reason = Fail.MetadataIncomplete(reference.Uri, "SHA-256").Message }
                : result with { Storage = StorageKind.Direct, Finding = VerifyFinding.NotRecorded, Reason = "Readable, but no SHA-256 was recorded when it was stored." };
        }

        if (recorded != actual)
            return result with { Finding = VerifyFinding.ReferenceMismatch, Problem = ErrorKind.ReferenceMismatch, Reason = Fail.ReferenceMismatch(reference.Uri, recorded, actual).Message };
        return isNeeded ? null : result with { Finding = VerifyFinding.OrphanReference, Reason = "Nothing needs this reference." };
    }
}
