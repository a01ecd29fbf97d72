using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.Folder;

/// <summary>Walks the tree of sidecars in the order of the keys, leaving out what a request cannot want.</summary>
internal sealed class SidecarTree(BucketLayout bucket, ListRequest request)
{
    /// <summary>What the request wants, in order; a common prefix may come several times in a row.</summary>
    public IEnumerable<ListedName> Walk()
    {
        var (folder, keys) = Start();
        var open = new Stack<Queue<Node>>();
        open.Push(Read(folder, keys));
        while (open.TryPeek(out var level))
        {
            if (!level.TryDequeue(out var node))
            {
                open.Pop();
                continue;
            }

            if (!node.IsFolder)
            {
                if (FolderLister.Shown(node.Key, node.Path, request) is { } shown) yield return shown;
            }
            else if (IsRolledUp(node.Key))
            {
                if (FolderLister.IsAfter(node.Key, request) && HasObject(node.Path)) yield return new ListedName(node.Key, null);
            }
            else if (MayHoldWanted(node.Key))
            {
                open.Push(Read(node.Path, node.Key));
            }
        }
    }

    // The deepest folder that holds every key with the prefix.
    private (string Folder, string Keys) Start()
    {
        var slash = request.Prefix.LastIndexOf('/');
        if (slash < 0) return (bucket.Meta, "");
        var names = request.Prefix[..slash].Split('/').Select(KeyEncoding.Encode);
        return (Path.Combine([bucket.Meta, .. names]), request.Prefix[..(slash + 1)]);
    }

    private bool IsRolledUp(string keys) =>
        request.Delimiter == "/" && keys.Length > request.Prefix.Length && keys.StartsWith(request.Prefix, StringComparison.Ordinal);

    private bool MayHoldWanted(string keys)
    {
        if (!keys.StartsWith(request.Prefix, StringComparison.Ordinal) && !request.Prefix.StartsWith(keys, StringComparison.Ordinal)) return false;
        return request.StartAfter is not { } after
            || after.StartsWith(keys, StringComparison.Ordinal)
            || KeyOrder.Utf8.Compare(keys, after) > 0;
    }

    // A folder's keys all start with its own name and "/", so sorting by that keeps whole subtrees together and in place.
    private static Queue<Node> Read(string folder, string keys)
    {
        var nodes = new List<Node>();
        try
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                var isFolder = entry is DirectoryInfo;
                var name = entry.Name.AsSpan();
                if (!isFolder && !name.EndsWith(KeyEncoding.SidecarSuffix)) continue;
                var segment = KeyEncoding.TryDecode(isFolder ? name : name[..^KeyEncoding.SidecarSuffix.Length]);
                if (segment is not null) nodes.Add(new Node(isFolder ? $"{keys}{segment}/" : keys + segment, entry.FullName, isFolder));
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Removed meanwhile: nothing to list.
        }

        nodes.Sort(static (one, other) => KeyOrder.Utf8.Compare(one.Key, other.Key));
        return new Queue<Node>(nodes);
    }

    // A folder may be empty for a moment, between its making and the first sidecar, or for good after a kill.
    private static bool HasObject(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder, "*" + KeyEncoding.SidecarSuffix, SearchOption.AllDirectories).Any();
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
    }

    private readonly record struct Node(string Key, string Path, bool IsFolder);
}
