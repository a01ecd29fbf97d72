using DeltaGlider.Adapters.Common;

namespace DeltaGlider.Adapters.Folder;

/// <summary>
/// Moves an object's bytes to the path that its key names and back, for people who look into the folder. The store is
/// right without it: bytes that cannot go there stay in the data folder. All of it is done under the key's lock.
/// </summary>
internal static class KeyPath
{
    /// <summary>
    /// True when the file at the key's path has this object's bytes, or those of the generation before it. A claim is
    /// only ever made by a move that fails where a file is, so no two keys own one path, even where case is not told apart.
    /// </summary>
    public static bool IsOwned(BucketLayout bucket, Sidecar sidecar) =>
        bucket.KeyPathOf(sidecar.Key) is not null
        && (sidecar.OwnsKeyPath || !File.Exists(bucket.DataOf(sidecar.Key, sidecar.Generation)));

    /// <summary>Moves the committed generation to the key's path unless something else is there.</summary>
    public static void TryPublish(BucketLayout bucket, Sidecar sidecar)
    {
        var data = bucket.DataOf(sidecar.Key, sidecar.Generation);
        if (bucket.KeyPathOf(sidecar.Key) is not { } path || Folders.LeadsAstray(path, bucket.Path)) return;
        try
        {
            if (!sidecar.OwnsKeyPath && IsSameFile(data, path)) Folders.TryDelete(data);
            else Folders.MoveInto(data, path, overwrite: sidecar.OwnsKeyPath);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            // A folder or a stranger's file is there, the system cannot hold the name, or a reader has the file open.
            Folders.RemoveEmptyAbove(path, bucket.Path);
        }
    }

    /// <summary>Moves the bytes back to the data folder, so that removing the sidecar leaves nothing at the key's path.</summary>
    public static void TryWithdraw(BucketLayout bucket, Sidecar sidecar)
    {
        if (!IsOwned(bucket, sidecar)) return;
        var path = bucket.KeyPathOf(sidecar.Key)!;
        var data = bucket.DataOf(sidecar.Key, sidecar.Generation);
        try
        {
            if (File.Exists(data)) File.Delete(path);
            else Folders.MoveInto(path, data, overwrite: false);
            Folders.RemoveEmptyAbove(path, bucket.Path);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            // It stays as a file that nobody lists.
        }
    }

    /// <summary>
    /// Opens the bytes of the generation that <paramref name="sidecar"/> names; null when they are at neither place, which
    /// for a reader without the lock means: look at the sidecar again. They move from the data folder to the key's path
    /// once, and only back when the object is being removed, so a reader that finds the same sidecar before and after has
    /// the generation it names.
    /// </summary>
    public static FileStream? TryOpen(BucketLayout bucket, Sidecar sidecar)
    {
        if (Open(bucket.DataOf(sidecar.Key, sidecar.Generation)) is { } data) return data;
        return bucket.KeyPathOf(sidecar.Key) is { } path ? Open(path) : null;
    }

    // .NET moves without overwriting by link and unlink; killed between the two, it leaves one file with two names.
    private static bool IsSameFile(string data, string path)
    {
        var one = new FileInfo(data);
        var other = new FileInfo(path);
        return one.Exists && other.Exists && one.Length == other.Length && one.LastWriteTimeUtc == other.LastWriteTimeUtc;
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            return null;
        }
    }
}
