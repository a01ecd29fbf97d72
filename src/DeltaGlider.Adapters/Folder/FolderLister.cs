using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.Folder;

/// <summary>
/// Lists a bucket in the UTF-8 byte order of its keys. Held in memory are the names of the folders on the way to the
/// present key, and of the keys that are too long for the tree.
/// </summary>
internal static class FolderLister
{
    /// <summary>Lists page by page.</summary>
    public static async IAsyncEnumerable<ListPage> ListAsync(
        BucketLayout bucket, ListRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var objects = ImmutableArray.CreateBuilder<ListedObject>();
        var prefixes = ImmutableArray.CreateBuilder<string>();
        var pages = 0;
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var entry in Merge(new SidecarTree(bucket, request).Walk(), LongKeys(bucket, request)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.SidecarPath is null) prefixes.Add(entry.Name);
            else if (Sidecar.TryRead(entry.SidecarPath) is { } sidecar && sidecar.Key == entry.Name) objects.Add(sidecar.List());
            if (objects.Count + prefixes.Count < request.PageSize) continue;
            yield return Page();
            pages++;
        }

        if (objects.Count + prefixes.Count > 0 || pages == 0) yield return Page();

        ListPage Page()
        {
            var page = new ListPage(objects.ToImmutable(), prefixes.ToImmutable());
            objects.Clear();
            prefixes.Clear();
            return page;
        }
    }

    /// <summary>
    /// What a key is listed as: itself, or the common prefix it is rolled up to; null when the request does not want it.
    /// </summary>
    public static ListedName? Shown(string key, string sidecarPath, ListRequest request)
    {
        if (!key.StartsWith(request.Prefix, StringComparison.Ordinal)) return null;
        var at = request.Delimiter is null ? -1 : key.IndexOf(request.Delimiter, request.Prefix.Length, StringComparison.Ordinal);
        var entry = at < 0 ? new ListedName(key, sidecarPath) : new ListedName(key[..(at + request.Delimiter!.Length)], null);
        return IsAfter(entry.Name, request) ? entry : null;
    }

    /// <summary>True for an entry that comes after <see cref="ListRequest.StartAfter"/>.</summary>
    public static bool IsAfter(string name, ListRequest request) =>
        request.StartAfter is null || KeyOrder.Utf8.Compare(name, request.StartAfter) > 0;

    private static IEnumerable<ListedName> LongKeys(BucketLayout bucket, ListRequest request)
    {
        if (!Directory.Exists(bucket.Long)) return [];
        return Directory.EnumerateFiles(bucket.Long, "*" + KeyEncoding.SidecarSuffix)
            .Select(path => (Path: path, Sidecar: Sidecar.TryRead(path)))
            .Where(pair => pair.Sidecar is not null)
            .Select(pair => Shown(pair.Sidecar!.Key, pair.Path, request))
            .OfType<ListedName>()
            .OrderBy(entry => entry.Name, KeyOrder.Utf8);
    }

    // Both in order; a common prefix may come from both, and more than once in a row.
    private static IEnumerable<ListedName> Merge(IEnumerable<ListedName> first, IEnumerable<ListedName> second)
    {
        using var one = first.GetEnumerator();
        using var other = second.GetEnumerator();
        var hasOne = one.MoveNext();
        var hasOther = other.MoveNext();
        string? last = null;
        while (hasOne || hasOther)
        {
            var takeOne = hasOne && (!hasOther || KeyOrder.Utf8.Compare(one.Current.Name, other.Current.Name) <= 0);
            var entry = takeOne ? one.Current : other.Current;
            if (entry.Name != last) yield return entry;
            last = entry.Name;
            if (takeOne) hasOne = one.MoveNext();
            else hasOther = other.MoveNext();
        }
    }
}
