using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>Looks at everything in a deltaspace that a reference may serve.</summary>
internal sealed class SpaceInventory(IObjectReader store, VariantLocator locator, DeltaPolicy policy, int looksAtOnce)
{
    public async ValueTask<SpaceContents> ReadAsync(DeltaSpace space, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        var items = new List<SpaceItem>();
        var foreign = ImmutableArray.CreateBuilder<S3Uri>();
        var looks = OrderedParallel.SelectAsync(CandidatesAsync(space, size => bytes += size, cancellationToken), looksAtOnce, LookAsync, cancellationToken);
        await foreach (var (item, strange) in looks.ConfigureAwait(false))
        {
            if (item is not null) items.Add(item);
            if (strange is { } uri) foreign.Add(uri);
        }

        var reference = await store.FindAsync(space.Reference, cancellationToken).ConfigureAwait(false);
        var inOrder = items
            .OrderBy(item => ObjectVersion.TimeOf(item.Object.Stored, item.Object.Metadata))
            .ThenBy(item => item.Logical.Key, StringComparer.Ordinal);
        return new SpaceContents(reference, [.. inOrder], foreign.ToImmutable(), bytes);
    }

    /// <summary>What reference, deltas and archives take, by a listing.</summary>
    public async ValueTask<long> BytesAsync(DeltaSpace space, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        await foreach (var _ in CandidatesAsync(space, size => bytes += size, cancellationToken).ConfigureAwait(false))
        {
        }

        return bytes;
    }

    /// <summary>True for an object stored whole that may become a delta: DeltaGlider put it there, under an archive's name.</summary>
    public bool MayBecomeDelta(ResolvedObject whole) =>
        whole.Kind == StorageKind.Direct && whole.Metadata.IsDeltaGlider && whole.Size > 0 && IsArchive(whole.Logical);

    private bool IsArchive(S3Uri logical) =>
        Eligibility.IsEligible(logical.Name, policy) && ReservedKeys.WhyReserved(logical.Key) is null && StoreLimits.HasRoomForDelta(logical);

    private async IAsyncEnumerable<ListCandidate> CandidatesAsync(DeltaSpace space, Action<long> count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shadows = new ShadowMerger();
        var request = new ListRequest(space.Bucket, space.Prefix) { Delimiter = "/" };
        await foreach (var page in store.ListAsync(request, cancellationToken).ConfigureAwait(false))
        {
            foreach (var listed in page.Objects)
            {
                if (DeltaSpace.IsReferenceKey(listed.Key))
                {
                    count(listed.Size);
                    continue;
                }

                foreach (var candidate in shadows.Add(space.Bucket, listed).Where(IsOfConcern)) yield return Counted(candidate);
            }
        }

        foreach (var candidate in shadows.Rest(space.Bucket).Where(IsOfConcern)) yield return Counted(candidate);

        bool IsOfConcern(ListCandidate candidate) => candidate.Delta is not null || IsArchive(candidate.Uri);

        ListCandidate Counted(ListCandidate candidate)
        {
            count((candidate.Direct?.Size ?? 0) + (candidate.Delta?.Size ?? 0));
            return candidate;
        }
    }

    private async ValueTask<(SpaceItem? Item, S3Uri? Foreign)> LookAsync(ListCandidate candidate, CancellationToken cancellationToken)
    {
        if (candidate.Delta is null)
        {
            var whole = VariantLocator.Interpret(candidate.Uri, await store.FindAsync(candidate.Uri, cancellationToken).ConfigureAwait(false));
            return (whole is not null && MayBecomeDelta(whole) ? new SpaceItem(whole) : null, null);
        }

        var found = await locator.FindAsync(candidate.Uri, cancellationToken).ConfigureAwait(false);
        if (found is { Kind: StorageKind.Delta } or { Superseded: not null }) return (new SpaceItem(found), null);
        var item = found is not null && MayBecomeDelta(found) ? new SpaceItem(found) : null;
        var delta = candidate.Uri.WithKey(candidate.Delta.Key);
        var isForeign = await store.FindAsync(delta, cancellationToken).ConfigureAwait(false) is { } stored
            && VariantLocator.Interpret(delta, stored) is not { Kind: StorageKind.Delta };
        return (item, isForeign ? delta : null);
    }
}
