using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>Reads listings as users see them: deltas as the files they stand for, what belongs to the tool not at all.</summary>
internal sealed class LogicalListing
{
    private readonly IObjectReader _store;

    public LogicalListing(IObjectReader store) => _store = store;

    /// <summary>
    /// The logical names of a listing. With <paramref name="inLogicalOrder"/> they come in that order, else a little
    /// nearer to that of their keys.
    /// </summary>
    public async IAsyncEnumerable<ListCandidate> CandidatesAsync(ListRequest request, bool inLogicalOrder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bucket = request.Bucket;
        var shadows = new ShadowMerger();
        await foreach (var page in _store.ListAsync(request, cancellationToken).ConfigureAwait(false))
        {
            foreach (var prefix in page.CommonPrefixes.Where(prefix => !DeltaSpace.IsInternalKey(prefix)))
                yield return new ListCandidate(new S3Uri(bucket, prefix), null, null);
            foreach (var listed in page.Objects)
            {
                if (DeltaSpace.IsInternalKey(listed.Key) || DeltaSpace.IsReferenceKey(listed.Key)) continue;
                foreach (var candidate in Ordered(shadows.Add(bucket, listed)))
                    yield return candidate;
            }
        }

        foreach (var candidate in Ordered(shadows.Rest(bucket)))
            yield return candidate;

        // Those that come together have all been waiting, and nothing that follows comes before any of them.
        IEnumerable<ListCandidate> Ordered(IEnumerable<ListCandidate> together) =>
            inLogicalOrder ? together.OrderBy(candidate => candidate.Uri.Key, LogicalOrder.Instance) : together;
    }

    /// <summary>One entry as a rule; none where the object has gone; two where a user's own file ends in <c>.delta</c>.</summary>
    public async ValueTask<ImmutableArray<ObjectEntry>> DescribeAsync(ListCandidate candidate, CancellationToken cancellationToken)
    {
        var (uri, listedDirect, listedDelta) = candidate;
        if (listedDelta is null) return [listedDirect is null ? new ObjectEntry(uri, IsPrefix: true) : Whole(uri, listedDirect)];

        var deltaUri = uri.WithKey(listedDelta.Key);
        var delta = VariantLocator.Interpret(uri, await _store.FindAsync(deltaUri, cancellationToken).ConfigureAwait(false));
        if (listedDirect is null) return delta is null ? [] : [delta.Kind == StorageKind.Delta ? Decoded(delta) : Whole(deltaUri, listedDelta)];
        if (delta is null) return [Whole(uri, listedDirect)];
        if (delta.Kind != StorageKind.Delta) return [Whole(uri, listedDirect), Whole(deltaUri, listedDelta)];

        var direct = VariantLocator.Interpret(uri, await _store.FindAsync(uri, cancellationToken).ConfigureAwait(false));
        return direct is null || Rules.VariantChoice.DeltaWins(direct.Stored, direct.Metadata, delta.Stored, delta.Metadata)
            ? [Decoded(delta)]
            : [Whole(uri, listedDirect)];
    }

    private static ObjectEntry Whole(S3Uri uri, ListedObject listed) => new(uri, IsPrefix: false)
    {
        Storage = StorageKind.Direct,
        Size = listed.Size,
        StoredSize = listed.Size,
        LastModified = listed.LastModified,
        ETag = listed.ETag,
        StorageClass = listed.StorageClass,
    };

    private static ObjectEntry Decoded(ResolvedObject delta) => new(delta.Logical, IsPrefix: false)
    {
        Storage = StorageKind.Delta,
        Size = delta.Size,
        StoredSize = delta.Stored.Size,
        LastModified = delta.Stored.LastModified,
        Modified = delta.Metadata.Modified,
        Sha256 = delta.Metadata.FileSha256,
        ETag = delta.Stored.ETag,
        StorageClass = delta.Stored.StorageClass,
    };
}
