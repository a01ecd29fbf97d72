using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.Cache;

/// <summary>
/// Where entries lie below a cache folder: <c>ab/cd/abcd…</c>, by SHA-256, and <c>tmp/</c> for those being written. Any
/// number of processes write, read and remove them at once; each change is one rename or removal.
/// </summary>
internal sealed class EntryFiles(ICacheFolder folder)
{
    private const string TemporaryName = "tmp";

    // Between making a temporary file and locking it.
    private static readonly TimeSpan Birth = TimeSpan.FromMinutes(1);

    /// <summary>The file of an entry.</summary>
    public string PathOf(Sha256Digest sha256) => Path.Combine(folder.Path, sha256.Hex[..2], sha256.Hex[2..4], sha256.Hex);

    /// <summary>Opens an entry and makes it the one used last; null when there is none.</summary>
    public FileStream? TryOpen(Sha256Digest sha256)
    {
        var path = PathOf(sha256);
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.SequentialScan);
            TryTouch(path);
            return file;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Begins a file that <see cref="Publish"/> makes an entry of. While it is open no sweep takes it.</summary>
    public FileStream CreateTemporary()
    {
        folder.Create();
        var temporaries = Path.Combine(folder.Path, TemporaryName);
        PrivateFolder.Create(temporaries);
        return PrivateFolder.CreateFile(Path.Combine(temporaries, Guid.NewGuid().ToString("n")), FileShare.Read | FileShare.Delete);
    }

    /// <summary>
    /// Renames a temporary file over the entry. It need not be on the disk by then: what a crash of the machine cuts short
    /// is noticed when it is read.
    /// </summary>
    public void Publish(FileStream temporary, Sha256Digest sha256)
    {
        var path = PathOf(sha256);
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        temporary.Flush();
        try
        {
            File.Move(temporary.Name, path, overwrite: true);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e) && File.Exists(path))
        {
            // Windows does not rename over a file that is being read; another process was first, with the same bytes.
            TryDelete(temporary.Name);
        }
    }

    /// <summary>Removes the entries used longest ago until all together have no more than so many bytes.</summary>
    public void Shrink(long maxBytes)
    {
        var entries = All(folder.Path).Select(Describe).Where(entry => entry.Length >= 0).OrderBy(entry => entry.Used).ToList();
        var bytes = entries.Sum(entry => entry.Length);
        foreach (var entry in entries)
        {
            if (bytes <= maxBytes) return;
            if (TryDelete(entry.Path)) bytes -= entry.Length;
        }
    }

    /// <summary>Removes temporary files whose writer died.</summary>
    public void SweepTemporaries()
    {
        foreach (var path in Files(Path.Combine(folder.Path, TemporaryName)))
        {
            try
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < Birth) continue;
                // Opening without sharing fails while a writer has the file open.
                using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception e) when (FileErrors.IsFileSystemError(e))
            {
                // In use, or gone already.
            }
        }
    }

    /// <summary>Removes what a cache folder holds: entries, temporary files, and the folders they lie in.</summary>
    public static void RemoveAll(string root)
    {
        foreach (var path in All(root).Concat(Files(Path.Combine(root, TemporaryName)))) TryDelete(path);
        foreach (var first in Folders(root))
        {
            foreach (var second in Folders(first)) TryDeleteFolder(second);
            TryDeleteFolder(first);
        }

        TryDeleteFolder(Path.Combine(root, TemporaryName));
    }

    /// <summary>Deletes a file if that can be done.</summary>
    public static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            return false;
        }
    }

    /// <summary>Deletes an empty folder if that can be done.</summary>
    public static void TryDeleteFolder(string path)
    {
        try
        {
            Directory.Delete(path);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            // Not empty, or gone.
        }
    }

    private static IEnumerable<string> All(string root) =>
        from first in Folders(root) from second in Folders(first) from path in Files(second) where Sha256Digest.TryParse(Path.GetFileName(path), out _) select path;

    private static (string Path, long Length, DateTime Used) Describe(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return (path, file.Length, file.LastWriteTimeUtc);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            return (path, -1, default);
        }
    }

    private static void TryTouch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            // It may go a little early.
        }
    }

    // Folders of two hexadecimal digits, and no links to elsewhere.
    private static string[] Folders(string root)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(root, "??").Where(path => Path.GetFileName(path).All(char.IsAsciiHexDigitLower) && new DirectoryInfo(path).LinkTarget is null)];
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            return [];
        }
    }

    private static string[] Files(string root)
    {
        try
        {
            return Directory.GetFiles(root);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            return [];
        }
    }
}
