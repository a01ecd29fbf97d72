using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Folders;

/// <summary>A prefix of a bucket.</summary>
internal sealed class RemoteSide : IFolderSide
{
    private readonly StoreParts _store;

    public RemoteSide(FolderPlace place, StoreParts store)
    {
        Place = place;
        _store = store;
    }

    public FolderPlace Place { get; }

    private S3Uri Prefix => Place.Uri!.Value;

    public async IAsyncEnumerable<FolderItem> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var list = new ListRequest(Prefix.Bucket, Prefix.Key);
        var candidates = _store.Listing.CandidatesAsync(list, inLogicalOrder: true, cancellationToken);
        var described = OrderedParallel.SelectAsync(candidates, _store.Transfers.Limit, DescribeAsync, cancellationToken);
        var held = new List<FolderItem>();
        await foreach (var entries in described.ConfigureAwait(false))
        {
            foreach (var item in entries.Select(ItemOf).Where(item => item.Name.Length > 0))
            {
                foreach (var passed in TakePassed(held, item.Name)) yield return passed;

                // A file of the user's own, called something.delta, was taken for the delta of something: its place is later.
                if (item.Name.EndsWith(DeltaSpace.DeltaSuffix, StringComparison.Ordinal)) held.Add(item);
                else yield return item;
            }
        }

        foreach (var item in TakePassed(held, null)) yield return item;
    }

    /// <summary>The files deltaspace by deltaspace, and of each the oldest first. One deltaspace at a time is held.</summary>
    public async IAsyncEnumerable<FolderItem> ListOldestFirstAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folders = new Stack<string>([Prefix.Key]);
        while (folders.TryPop(out var folder))
        {
            var candidates = _store.Listing.CandidatesAsync(new ListRequest(Prefix.Bucket, folder) { Delimiter = "/" }, inLogicalOrder: false, cancellationToken);
            var files = new List<FolderItem>();
            var below = new List<string>();
            await foreach (var entries in OrderedParallel.SelectAsync(candidates, _store.Transfers.Limit, DescribeAsync, cancellationToken).ConfigureAwait(false))
            {
                below.AddRange(entries.Where(entry => entry.IsPrefix).Select(entry => entry.Uri.Key));
                files.AddRange(entries.Where(entry => !entry.IsPrefix).Select(ItemOf).Where(item => item.Name.Length > 0));
            }

            foreach (var file in files.OrderBy(file => file.Modified).ThenBy(file => file.Name, KeyOrder.Utf8)) yield return file;
            below.Reverse();
            foreach (var next in below) folders.Push(next);
        }
    }

    public async ValueTask<FolderItem?> FindAsync(string name, CancellationToken cancellationToken)
    {
        using var lane = await _store.Transfers.EnterAsync(cancellationToken).ConfigureAwait(false);
        return await _store.Locator.FindAsync(Place.UriOf(name), cancellationToken).ConfigureAwait(false) is { } found ? Described(name, found) : null;
    }

    public async ValueTask<FolderItem> CompleteAsync(FolderItem item, CancellationToken cancellationToken)
    {
        if (item.IsComplete) return item;
        using var lane = await _store.Transfers.EnterAsync(cancellationToken).ConfigureAwait(false);
        var uri = Place.UriOf(item.Name);

        // The listing has shown that it is stored whole: the place of its delta need not be looked at.
        var stored = VariantLocator.Interpret(uri, await _store.Store.FindAsync(uri, cancellationToken).ConfigureAwait(false));
        var found = stored ?? await _store.Locator.FindAsync(uri, cancellationToken).ConfigureAwait(false);
        return found is null ? item with { IsComplete = true } : Described(item.Name, found);
    }

    public async ValueTask<Sha256Digest?> HashAsync(FolderItem item, bool read, CancellationToken cancellationToken)
    {
        if (item.Sha256 is not null || !read) return item.Sha256;
        using var lane = await _store.Transfers.EnterAsync(cancellationToken).ConfigureAwait(false);
        var source = await _store.Locator.LocateAsync(Place.UriOf(item.Name), cancellationToken).ConfigureAwait(false);
        return (await _store.Restorer.RestoreAsync(source, Stream.Null, null, cancellationToken).ConfigureAwait(false)).Actual;
    }

    public string? WhyRefused(string name) => ReservedKeys.WhyReserved(Place.UriOf(name).Key);

    private async ValueTask<ImmutableArray<ObjectEntry>> DescribeAsync(ListCandidate candidate, CancellationToken cancellationToken)
    {
        if (candidate.Delta is null) return await _store.Listing.DescribeAsync(candidate, cancellationToken).ConfigureAwait(false);
        using var lane = await _store.Transfers.EnterAsync(cancellationToken).ConfigureAwait(false);
        return await _store.Listing.DescribeAsync(candidate, cancellationToken).ConfigureAwait(false);
    }

    private static FolderItem Described(string name, ResolvedObject found) => new(name)
    {
        Size = found.Size,
        Modified = found.Metadata.Modified ?? found.Stored.LastModified,
        Sha256 = found.Metadata.FileSha256,
        IsComplete = true,
    };

    private FolderItem ItemOf(ObjectEntry entry) => new(entry.Uri.Key[Prefix.Key.Length..])
    {
        Size = entry.Size,
        Modified = entry.Modified ?? entry.LastModified,
        Sha256 = entry.Sha256,
        IsComplete = entry.Storage == StorageKind.Delta,
    };

    private static List<FolderItem> TakePassed(List<FolderItem> held, string? name)
    {
        if (held.Count == 0) return held;
        var passed = held.Where(item => name is null || LogicalOrder.Instance.Compare(item.Name, name) < 0).OrderBy(item => item.Name, LogicalOrder.Instance).ToList();
        held.RemoveAll(passed.Contains);
        return passed;
    }
}
