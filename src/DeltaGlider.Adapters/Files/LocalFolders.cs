using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Files;

/// <summary>The machine's folders, as wholes.</summary>
public sealed class LocalFolders : ILocalFolders
{
    /// <inheritdoc/>
    public bool HasWindowsNames => OperatingSystem.IsWindows();

    /// <inheritdoc/>
    public IEnumerable<LocalEntry> Walk(string root, bool followLinks, CancellationToken cancellationToken) =>
        new FolderWalk(Path.GetFullPath(root), followLinks, cancellationToken).Files();

    /// <inheritdoc/>
    public bool LeadsOutside(string root, string path)
    {
        var real = RealPath.Of(root);
        for (var part = Path.GetFullPath(path); part.Length > root.Length; part = Path.GetDirectoryName(part)!)
        {
            if (new FileInfo(part).LinkTarget is not null && !RealPath.IsWithin(RealPath.Of(part), real)) return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public bool TellsCaseApart(string root)
    {
        // The folder under a name in the other case: there if the file system takes it for the same.
        var folder = new DirectoryInfo(Path.GetFullPath(root));
        while (folder.Parent is not null && (!folder.Exists || !folder.Name.Any(char.IsAsciiLetter))) folder = folder.Parent;
        if (folder.Parent is null) return !OperatingSystem.IsWindows() && !OperatingSystem.IsMacOS();
        var other = string.Concat(folder.Name.Select(c => char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));
        return !Directory.Exists(Path.Combine(folder.Parent.FullName, other))
            || folder.Parent.EnumerateDirectories().Any(one => one.Name == other);
    }

    /// <inheritdoc/>
    public void Make(string path) => Change(path, () => Directory.CreateDirectory(path));

    /// <inheritdoc/>
    public void Remove(string path) => Change(path, () =>
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone with its folder.
        }
    });

    /// <inheritdoc/>
    public void MakeWritable(string path) => Change(path, () =>
    {
        var file = new FileInfo(path);
        if (file is { Exists: true, IsReadOnly: true }) file.IsReadOnly = false;
    });

    private static void Change(string path, Action change)
    {
        try
        {
            change();
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            throw LocalErrors.Unwritable(path, e);
        }
    }
}
