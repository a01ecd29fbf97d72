using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Files;

/// <summary>The machine's own file system.</summary>
public sealed class LocalFiles : ILocalFiles
{
    private readonly Func<string, long?> _freeSpaceBelow;

    /// <summary>The file system as it is.</summary>
    public LocalFiles()
        : this(FreeSpace.Below)
    {
    }

    /// <summary>The file system with another view of how much room there is.</summary>
    internal LocalFiles(Func<string, long?> freeSpaceBelow) => _freeSpaceBelow = freeSpaceBelow;

    /// <inheritdoc/>
    public LocalFile? Find(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = new DirectoryInfo(full);
        if (folder.Exists) return new LocalFile(full, true, 0, Modified(folder));
        var file = new FileInfo(full);
        return file.Exists ? new LocalFile(full, false, file.Length, Modified(file)) : null;
    }

    /// <inheritdoc/>
    public IContent Read(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw LocalErrors.IsAFolder(path);
        // Opened once now, so that a file nobody may read is refused before any work is done; a link's target counts.
        using var file = LocalErrors.OnRead(full, () => new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1));
        return new FileContent(full, file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
    }

    /// <inheritdoc/>
    public ILocalFileWriter BeginReplace(string path, long? expectedLength = null)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full) || Path.EndsInDirectorySeparator(full)) throw LocalErrors.IsAFolder(path);
        try
        {
            return LocalFileWriter.Begin(full, folder => ThrowIfNoRoom(full, folder, expectedLength));
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            throw LocalErrors.Unwritable(full, e);
        }
    }

    /// <inheritdoc/>
    public IScratchFile BeginScratch(long? expectedLength = null)
    {
        var path = Path.Combine(Path.GetTempPath(), TemporaryName.For("scratch"));
        ThrowIfNoRoom(path, Path.GetTempPath(), expectedLength);
        try
        {
            return ScratchFile.Begin(path);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            throw LocalErrors.Unwritable(path, e);
        }
    }

    // The whole length, also where a file is replaced: the old one stays until the new one is complete.
    private void ThrowIfNoRoom(string path, string folder, long? expectedLength)
    {
        if (expectedLength is { } needed && _freeSpaceBelow(folder) is { } free && free < needed) throw LocalErrors.NoRoom(path, needed, free);
    }

    private static DateTimeOffset Modified(FileSystemInfo info) => new(info.LastWriteTimeUtc);
}
