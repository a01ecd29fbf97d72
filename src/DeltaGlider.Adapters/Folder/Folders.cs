using DeltaGlider.Adapters.Common;

namespace DeltaGlider.Adapters.Folder;

/// <summary>Moves and removals beside others that make and remove the same folders.</summary>
internal static class Folders
{
    private const int Attempts = 100;

    /// <summary>Moves a file, making the folders above its destination as often as others remove them.</summary>
    public static void MoveInto(string source, string destination, bool overwrite)
    {
        var folder = Path.GetDirectoryName(destination)!;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(folder);
                File.Move(source, destination, overwrite);
                return;
            }
            catch (Exception e) when (attempt < Attempts && (e is DirectoryNotFoundException or FileNotFoundException) && File.Exists(source))
            {
                // Removed between the two calls. .NET asks whether folder or file is missing only after the attempt, when
                // another may have made the folder again, and then blames the file.
            }
            catch (Exception e) when (attempt < Attempts && OperatingSystem.IsWindows() && overwrite && IsHeldOpen(e, destination))
            {
                // Windows refuses to replace a file while somebody has it open; readers hold sidecars for microseconds.
                Thread.Sleep(1 + (attempt / 4));
            }
        }
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

    /// <summary>
    /// Removes the empty folders above a file that is gone, below <paramref name="root"/>. The system refuses to remove
    /// one that is not empty, and <see cref="MoveInto"/> makes again what was removed under it.
    /// </summary>
    public static void RemoveEmptyAbove(string path, string root)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null && folder.Length > root.Length; folder = Path.GetDirectoryName(folder))
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception e) when (FileErrors.IsFileSystemError(e))
            {
                return;
            }
        }
    }

    /// <summary>True when a folder between <paramref name="root"/> and the file is a link to somewhere else.</summary>
    public static bool LeadsAstray(string path, string root)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null && folder.Length > root.Length; folder = Path.GetDirectoryName(folder))
        {
            if (new DirectoryInfo(folder).LinkTarget is not null) return true;
        }

        return false;
    }

    private static bool IsHeldOpen(Exception e, string destination) =>
        FileErrors.IsInUse(e) || (e is UnauthorizedAccessException && File.Exists(destination));
}
