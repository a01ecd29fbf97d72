using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Lists a prefix under the users' names: deltas appear as the files they stand for, references and the tool's own
/// objects not at all. Streams: the next page is asked for when the last entry was taken.
/// </summary>
public sealed class ListObjects
{
    private readonly IObjectReader _store;
    private readonly int _headsAtOnce;

    /// <param name="store">Where the objects lie.</param>
    /// <param name="headsAtOnce">Each delta needs a HEAD for its size; this many are under way at once.</param>
    internal ListObjects(IObjectReader store, int headsAtOnce)
    {
        _store = store;
        _headsAtOnce = headsAtOnce;
    }

    /// <summary>The entries, in the order of the stored keys.</summary>
    /// <exception cref="Errors.DeltaGliderException">What the store reports.</exception>
    public IAsyncEnumerable<ObjectEntry> RunAsync(ListObjectsRequest request, CancellationToken cancellationToken) =>
        Operation.RunAsync("list", request.Prefix, EntriesAsync(request, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<ObjectEntry> EntriesAsync(ListObjectsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.First is <= 0) yield break;
        var entries = OrderedParallel.SelectAsync(CandidatesAsync(request, cancellationToken), _headsAtOnce, DescribeAsync, cancellationToken);
        var left = request.First ?? int.MaxValue;
        await foreach (var found in entries.ConfigureAwait(false))
        {
            foreach (var entry in found)
            {
                yield return entry;
                if (--left == 0) yield break;
            }
        }
    }

    private async IAsyncEnumerable<ListCandidate> CandidatesAsync(ListObjectsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bucket = request.Prefix.Bucket;
        var shadows = new ShadowMerger();
        var list = new ListRequest(bucket, request.Prefix.Key) { Delimiter = request.Recurse ? null : "/" };
        await foreach (var page in _store.ListAsync(list, cancellationToken).ConfigureAwait(false))
        {
            foreach (var prefix in page.CommonPrefixes.Where(prefix => !DeltaSpace.IsInternalKey(prefix)))
                yield return new ListCandidate(new S3Uri(bucket, prefix), null, null);
            foreach (var listed in page.Objects)
            {
                if (DeltaSpace.IsInternalKey(listed.Key) || DeltaSpace.IsReferenceKey(listed.Key)) continue;
                foreach (var candidate in shadows.Add(bucket, listed))
                    yield return candidate;
            }
        }

        foreach (var candidate in shadows.Rest(bucket))
            yield return candidate;
    }

    /// <summary>One entry as a rule; none where the object has gone; two where a user's own file ends in <c>.delta</c>.</summary>
    private async ValueTask<ImmutableArray<ObjectEntry>> DescribeAsync(ListCandidate candidate, CancellationToken cancellationToken)
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
