using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Cache;

/// <summary>
/// Keeps references as encrypted files (<see cref="EntryFormat"/>), those used longest ago given up first when all
/// together are larger than the limit. Any number of processes share the folder.
/// </summary>
internal sealed class FileReferenceStorage : IReferenceStorage
{
    private readonly ICacheFolder _folder;
    private readonly EntryFiles _files;
    private readonly FernetKey _key;
    private readonly long _maxBytes;

    /// <param name="folder">Where entries lie; owned by the storage.</param>
    /// <param name="key">Encrypts them; owned by the storage, and wiped with it.</param>
    /// <param name="maxBytes">The limit, in bytes on the disk.</param>
    public FileReferenceStorage(ICacheFolder folder, FernetKey key, long maxBytes)
    {
        _folder = folder;
        _files = new EntryFiles(folder);
        _key = key;
        _maxBytes = maxBytes;
        _files.SweepTemporaries();
    }

    /// <inheritdoc/>
    public ValueTask<KeptReference?> OpenAsync(Sha256Digest sha256, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_files.TryOpen(sha256) is not { } file) return ValueTask.FromResult<KeptReference?>(null);
        var reader = EntryReader.Open(file, _key, sha256);
        return ValueTask.FromResult<KeptReference?>(new KeptReference(reader, reader.Length));
    }

    /// <inheritdoc/>
    public async ValueTask StoreAsync(Sha256Digest sha256, IContent content, CancellationToken cancellationToken)
    {
        var length = EntryFormat.EntryLength(content.Length);
        if (length > _maxBytes || File.Exists(_files.PathOf(sha256)) || !LeavesRoom(length)) return;
        _files.Shrink(_maxBytes - length);
        var temporary = _files.CreateTemporary();
        var published = false;
        try
        {
            await EntryWriter.WriteAsync(_key, sha256, content, DateTimeOffset.UtcNow, temporary, cancellationToken).ConfigureAwait(false);
            _files.Publish(temporary, sha256);
            published = true;
        }
        finally
        {
            // Removed while still open: between the two, it would be unlocked.
            if (!published) EntryFiles.TryDelete(temporary.Name);
            await temporary.DisposeAsync().ConfigureAwait(false);
        }

        // Others may have stored meanwhile.
        _files.Shrink(_maxBytes);
    }

    /// <inheritdoc/>
    public void Forget(Sha256Digest sha256)
    {
        try
        {
            File.Delete(_files.PathOf(sha256));
        }
        catch (DirectoryNotFoundException)
        {
            // There is none.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
        _key.Dispose();
    }

    // A copy of what can be fetched again must not take the last room from files that cannot.
    private bool LeavesRoom(long length) => FreeSpace.Below(_folder.Path) is not { } free || length <= free / 2;
}
