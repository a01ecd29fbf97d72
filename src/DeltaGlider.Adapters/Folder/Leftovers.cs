using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Adapters.Folder;

/// <summary>Removes what killed processes left in a bucket. Nothing here is needed for the objects to be right.</summary>
internal static class Leftovers
{
    /// <summary>Looks through temporary files and locks; leaves alone what a living process holds.</summary>
    public static void Sweep(BucketLayout bucket)
    {
        foreach (var path in Files(bucket.Temporary)) TryRemoveUnlocked(path);
        foreach (var path in Files(bucket.Locks)) TryInspect(bucket, path);
    }

    /// <summary>
    /// Brings a key's files to what its sidecar says, after its last writer died at any point. The caller holds the lock.
    /// </summary>
    public static void Tidy(BucketLayout bucket, string key)
    {
        try
        {
            var sidecar = Sidecar.TryRead(bucket.SidecarOf(key));
            var current = sidecar is null ? null : bucket.DataOf(key, sidecar.Generation);
            foreach (var path in bucket.DataFilesOf(key))
            {
                if (path != current) Folders.TryDelete(path);
            }

            if (current is not null && File.Exists(current)) KeyPath.TryPublish(bucket, sidecar!);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e) || e is InvalidDataException)
        {
            // The next writer of the key tries again.
        }
    }

    /// <summary>The files of writes that no process goes on with.</summary>
    public static PendingUpload[] Pending(BucketLayout bucket, S3Uri uri) =>
        [.. Files(bucket.Temporary)
            .Select(path => new FileInfo(path))
            .Where(file => file.Exists && !IsHeld(file.FullName))
            .Select(file => new PendingUpload(uri, file.Name, new DateTimeOffset(file.LastWriteTimeUtc)) { Size = file.Length })];

    /// <summary>Removes the file of one; false where a process has it open after all.</summary>
    public static bool Abort(BucketLayout bucket, PendingUpload upload)
    {
        // No path but a name, whoever made it up.
        var path = Path.Combine(bucket.Temporary, Path.GetFileName(upload.Id));
        TryRemoveUnlocked(path);
        return !File.Exists(path);
    }

    private static bool IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
            return false;
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            return true;
        }
    }

    private static void TryInspect(BucketLayout bucket, string path)
    {
        try
        {
            KeyLock.Inspect(bucket, path);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            // Not ours to open; so be it.
        }
    }

    private static void TryRemoveUnlocked(string path)
    {
        try
        {
            // Opening without sharing fails while a writer has the file open.
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            // In use, or gone already.
        }
    }

    private static string[] Files(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
}
