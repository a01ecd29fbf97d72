using DeltaGlider.Adapters.Common;

namespace DeltaGlider.Adapters.Folder;

/// <summary>Where the parts of a bucket lie; <see cref="FolderStore"/> says why.</summary>
internal sealed class BucketLayout
{
    /// <summary>The store's own folder in a bucket's.</summary>
    public const string OwnFolder = ".dgstore";

    private readonly string _own;

    /// <summary>The layout of the bucket in the folder <paramref name="path"/>.</summary>
    public BucketLayout(string path)
    {
        Path = path;
        _own = System.IO.Path.Combine(path, OwnFolder);
    }

    /// <summary>The bucket's folder.</summary>
    public string Path { get; }

    /// <summary>The root of the tree of sidecars.</summary>
    public string Meta => System.IO.Path.Combine(_own, "meta");

    /// <summary>The sidecars of keys that are too long for <see cref="Meta"/>.</summary>
    public string Long => System.IO.Path.Combine(_own, "long");

    /// <summary>Bytes that are not at their key's own path.</summary>
    public string Data => System.IO.Path.Combine(_own, "data");

    /// <summary>Files being written.</summary>
    public string Temporary => System.IO.Path.Combine(_own, "tmp");

    /// <summary>The lock files.</summary>
    public string Locks => System.IO.Path.Combine(_own, "locks");

    /// <summary>The sidecar of a key.</summary>
    public string SidecarOf(string key) => KeyEncoding.TryEncode(key) is { } path
        ? System.IO.Path.Combine(Meta, path + KeyEncoding.SidecarSuffix)
        : System.IO.Path.Combine(Long, KeyEncoding.Hash(key) + KeyEncoding.SidecarSuffix);

    /// <summary>The lock that changes of a key take: one of 256, so that they need never be removed.</summary>
    public string LockOf(string key) => System.IO.Path.Combine(Locks, KeyEncoding.Hash(key)[..2]);

    /// <summary>The data file of one generation of a key.</summary>
    public string DataOf(string key, string generation) =>
        System.IO.Path.Combine(Data, KeyEncoding.Hash(key)[..2], DataPrefix(key) + generation);

    /// <summary>All generations of a key that lie in <see cref="Data"/>.</summary>
    public IEnumerable<string> DataFilesOf(string key)
    {
        var folder = System.IO.Path.Combine(Data, KeyEncoding.Hash(key)[..2]);
        return Directory.Exists(folder) ? Directory.GetFiles(folder, DataPrefix(key) + "*") : [];
    }

    /// <summary>
    /// The key's own path, where a person would look for the bytes; null for a key that some file system could not hold
    /// there as it is, or that reaches into <see cref="OwnFolder"/>, be it by a short name (DGSTOR~1).
    /// </summary>
    public string? KeyPathOf(string key)
    {
        var segments = key.Split('/');
        var first = segments[0];
        if (!segments.All(FileNames.IsPortable)) return null;
        if (first.StartsWith('.') && (!first.All(char.IsAscii) || first.StartsWith(OwnFolder, StringComparison.OrdinalIgnoreCase))) return null;
        return first.Contains('~', StringComparison.Ordinal) ? null : System.IO.Path.Combine([Path, .. segments]);
    }

    private static string DataPrefix(string key) => KeyEncoding.Hash(key)[2..34] + ".";
}
