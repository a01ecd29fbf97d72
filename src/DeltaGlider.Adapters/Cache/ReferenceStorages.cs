using DeltaGlider.Adapters.Settings;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Cache;

/// <summary>
/// Opens the storage that the settings ask for. With a key it is a folder that processes share. Without one, or in memory,
/// it is this process's own, under a key that nobody else has: there is one of these for all commands of the process, and
/// it is gone when this is disposed, or the process ends.
/// </summary>
public sealed class ReferenceStorages : IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<(CacheBackend Backend, string Folder, long Bytes), IReferenceStorage> _own = [];
    private bool _disposed;

    /// <summary>
    /// Opens a storage. Makes no file or folder yet, and fails for none. The caller disposes it; the settings' key is
    /// wiped by then.
    /// </summary>
    public IReferenceStorage Open(DeltaGliderSettings settings)
    {
        if (settings is { CacheBackend: CacheBackend.FileSystem, CacheKey: { } shared })
            return new FileReferenceStorage(new SharedFolder(settings.CacheFolder ?? SharedFolder.DefaultParent()), shared, settings.CacheFolderBytes);
        settings.CacheKey?.Dispose();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var asked = settings.CacheBackend == CacheBackend.Memory
                ? (settings.CacheBackend, "", settings.CacheMemoryBytes)
                : (settings.CacheBackend, settings.CacheFolder ?? Path.GetTempPath(), settings.CacheFolderBytes);
            if (!_own.TryGetValue(asked, out var own)) _own.Add(asked, own = new SecondNeedStorage(Make(asked)));
            return new BorrowedStorage(own);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var storage in _own.Values) storage.Dispose();
            _own.Clear();
        }
    }

    private static IReferenceStorage Make((CacheBackend Backend, string Folder, long Bytes) asked) => asked.Backend == CacheBackend.Memory
        ? new MemoryReferenceStorage(FernetKey.Random(), asked.Bytes)
        : new FileReferenceStorage(new ProcessFolder(asked.Folder), FernetKey.Random(), asked.Bytes);
}
