namespace DeltaGlider.Adapters.Folder;

/// <summary>
/// A file in a bucket's temporary folder. It stays open, and so locked against <see cref="Leftovers"/>, until it has its
/// final name; disposed before that, it is gone.
/// </summary>
internal sealed class TempFile : IDisposable
{
    private readonly string _path;
    private bool _moved;

    private TempFile(string path, FileStream stream)
    {
        _path = path;
        Stream = stream;
    }

    /// <summary>Takes the bytes.</summary>
    public FileStream Stream { get; }

    /// <summary>Begins a file.</summary>
    public static TempFile Create(BucketLayout bucket)
    {
        Directory.CreateDirectory(bucket.Temporary);
        var path = Path.Combine(bucket.Temporary, Guid.NewGuid().ToString("n"));
        return new TempFile(path, new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous));
    }

    /// <summary>Gives the file its final name, making the folders above it. The bytes are on the disk before that.</summary>
    public void MoveTo(string destination, bool overwrite)
    {
        Stream.Flush(flushToDisk: true);
        Folders.MoveInto(_path, destination, overwrite);
        _moved = true;
        Stream.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_moved) return;
        // Removed while still open: between the two, a sweep would find it unlocked.
        Folders.TryDelete(_path);
        Stream.Dispose();
    }
}
