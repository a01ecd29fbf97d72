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
    private readonly LogicalListing _listing;
    private readonly int _headsAtOnce;

    /// <param name="store">Where the objects lie.</param>
    /// <param name="headsAtOnce">Each delta needs a HEAD for its size; this many are under way at once.</param>
    internal ListObjects(IObjectReader store, int headsAtOnce)
    {
        _listing = new LogicalListing(store);
        _headsAtOnce = headsAtOnce;
    }

    /// <summary>The entries, in the order of the stored keys.</summary>
    /// <exception cref="Errors.DeltaGliderException">What the store reports.</exception>
    public IAsyncEnumerable<ObjectEntry> RunAsync(ListObjectsRequest request, CancellationToken cancellationToken) =>
        Operation.RunAsync("list", request.Prefix, EntriesAsync(request, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<ObjectEntry> EntriesAsync(ListObjectsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.First is <= 0) yield break;
        var list = new ListRequest(request.Prefix.Bucket, request.Prefix.Key) { Delimiter = request.Recurse ? null : "/" };
        var candidates = _listing.CandidatesAsync(list, inLogicalOrder: false, cancellationToken);
        var entries = OrderedParallel.SelectAsync(candidates, _headsAtOnce, _listing.DescribeAsync, cancellationToken);
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
}
