using System.IO.Enumeration;
using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Files;

/// <summary>One walk through a folder and those below it, in the order of <see cref="LogicalOrder"/>.</summary>
internal sealed class FolderWalk
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = false,
        IgnoreInaccessible = false,
        AttributesToSkip = 0,
        ReturnSpecialDirectories = false,
    };

    private readonly string _root;
    private readonly string _realRoot;
    private readonly bool _followLinks;
    private readonly CancellationToken _cancellation;

    public FolderWalk(string root, bool followLinks, CancellationToken cancellationToken)
    {
        _root = root;
        _realRoot = RealPath.Of(root);
        _followLinks = followLinks;
        _cancellation = cancellationToken;
    }

    /// <summary>The files.</summary>
    public IEnumerable<LocalEntry> Files() => Directory.Exists(_root) ? In(new Folder(_root, "", _realRoot, null)) : [];

    private IEnumerable<LocalEntry> In(Folder folder)
    {
        _cancellation.ThrowIfCancellationRequested();
        List<Child> children;
        LocalEntry? unreadable = null;
        try
        {
            children = Children(folder);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            (children, unreadable) = ([], Problem(folder.Name, Unreadable(folder.Path, e)));
        }

        if (unreadable is not null) yield return unreadable;
        foreach (var child in children)
        {
            if (child.Problem is not null) yield return Problem(folder.Name + child.Name, child.Problem);
            else if (child.Folder is null) yield return new LocalEntry(folder.Name + child.Name, child.Length, child.Modified);
            else foreach (var entry in In(child.Folder)) yield return entry;
        }
    }

    private List<Child> Children(Folder folder)
    {
        var found = new FileSystemEnumerable<Child>(folder.Path, (ref FileSystemEntry entry) => Read(ref entry, folder), Everything);
        var children = found.Where(child => !child.IsPassedOver).ToList();
        children.Sort((one, other) => LogicalOrder.CompareInFolder(one.Name, one.Folder is not null, other.Name, other.Folder is not null));
        return children;
    }

    private Child Read(ref FileSystemEntry entry, Folder folder)
    {
        var name = entry.FileName.ToString();
        if ((entry.Attributes & FileAttributes.ReparsePoint) != 0 && Path.Combine(folder.Path, name) is var link && new FileInfo(link).LinkTarget is not null)
            return Link(name, link, folder);
        if (entry.IsDirectory) return new Child(name, 0, default, Below(folder, name, Path.Combine(folder.RealPath, name)));
        return new Child(name, entry.Length, entry.LastWriteTimeUtc, null) { IsPassedOver = TemporaryName.Is(name) };
    }

    private Child Link(string name, string path, Folder folder)
    {
        var none = new Child(name, 0, default, null);
        if (!_followLinks) return none with { IsPassedOver = true };
        try
        {
            var real = RealPath.Of(path);
            if (!RealPath.IsWithin(real, _realRoot)) return none with { Problem = Refused(path, $"it is a link to {real}, which is outside of {_root}") };
            if (Directory.Exists(real))
            {
                for (var above = folder; above is not null; above = above.Parent)
                    if (above.RealPath == real) return none with { Problem = Refused(path, "it is a link to a folder that it is in") };
                return none with { Folder = Below(folder, name, real) };
            }

            var file = new FileInfo(real);
            return file.Exists
                ? none with { Length = file.Length, Modified = file.LastWriteTimeUtc }
                : none with { Problem = Refused(path, "it is a link to nothing") };
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            return none with { Problem = Unreadable(path, e) };
        }
    }

    private static Folder Below(Folder folder, string name, string real) => new(Path.Combine(folder.Path, name), $"{folder.Name}{name}/", real, folder);

    private static LocalEntry Problem(string name, DeltaGliderException problem) => new(name, 0, default, problem);

    private static DeltaGliderException Unreadable(string path, Exception e) => new(ErrorKind.FileUnreadable, path, $"'{path}' cannot be read: {e.Message}", e)
    {
        Safe = "Nothing was changed for it.",
        Advice = "Check the rights to it.",
    };

    private static DeltaGliderException Refused(string path, string why) => new(ErrorKind.FileUnreadable, path, $"'{path}' was left out: {why}.")
    {
        Safe = "Nothing was changed for it.",
        Advice = "Exclude it, or do not follow links.",
    };

    private sealed record Folder(string Path, string Name, string RealPath, Folder? Parent);

    private sealed record Child(string Name, long Length, DateTimeOffset Modified, Folder? Folder)
    {
        public DeltaGliderException? Problem { get; init; }

        public bool IsPassedOver { get; init; }
    }
}
