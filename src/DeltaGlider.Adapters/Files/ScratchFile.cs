using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Files;

/// <summary>A file in the temporary folder that only its owner may read, and that goes when it is disposed.</summary>
internal sealed class ScratchFile : IScratchFile
{
    private readonly string _path;
    private readonly FileStream _file;

    private ScratchFile(string path, FileStream file)
    {
        _path = path;
        _file = file;
        Stream = new WritableStream(file, path);
    }

    /// <inheritdoc/>
    public Stream Stream { get; }

    /// <inheritdoc/>
    public long Length => _file.Length;

    /// <summary>Makes one; throws what the file system throws.</summary>
    public static ScratchFile Begin(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 128 * 1024,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new ScratchFile(path, new FileStream(path, options));
    }

    /// <inheritdoc/>
    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Stream>(LocalErrors.OnRead(_path, () => new FileStream(
            _path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            // What could not be flushed is thrown away all the same.
            File.Delete(_path);
        }
    }
}
