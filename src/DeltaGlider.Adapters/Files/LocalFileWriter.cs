using DeltaGlider.Adapters.Common;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Files;

/// <summary>Writes a file under a temporary name beside its destination, then renames.</summary>
internal sealed class LocalFileWriter : ILocalFileWriter
{
    private readonly string _destination;
    private readonly string _temporary;
    private readonly FileStream _file;
    private bool _committed;

    private LocalFileWriter(string destination, string temporary, FileStream file)
    {
        _destination = destination;
        _temporary = temporary;
        _file = file;
        Stream = new WritableStream(file, destination);
    }

    /// <inheritdoc/>
    public Stream Stream { get; }

    /// <summary>Begins; throws what the file system throws.</summary>
    /// <param name="destination">The file to be.</param>
    /// <param name="inspect">Looks at the folder it will be in, before anything is made there.</param>
    public static LocalFileWriter Begin(string destination, Action<string> inspect)
    {
        // A link stays a link: what it points to is replaced.
        if (new FileInfo(destination).LinkTarget is not null) destination = File.ResolveLinkTarget(destination, returnFinalTarget: true)!.FullName;
        var folder = Path.GetDirectoryName(destination)!;
        inspect(folder);
        Directory.CreateDirectory(folder);
        RefuseReadOnly(destination);
        var temporary = Path.Combine(folder, TemporaryName.For(Path.GetFileName(destination)));
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 128 * 1024,
            Options = FileOptions.Asynchronous,
        };
        // Rights first and bytes after: a private file's new content is at no moment open to others.
        if (!OperatingSystem.IsWindows() && File.Exists(destination)) options.UnixCreateMode = File.GetUnixFileMode(destination) | UnixFileMode.UserWrite;
        return new LocalFileWriter(destination, temporary, new FileStream(temporary, options));
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(DateTimeOffset? modified, CancellationToken cancellationToken)
    {
        try
        {
            await _file.FlushAsync(cancellationToken).ConfigureAwait(false);
            _file.Flush(flushToDisk: true);
            cancellationToken.ThrowIfCancellationRequested();
            if (!OperatingSystem.IsWindows() && File.Exists(_destination)) File.SetUnixFileMode(_file.SafeFileHandle, File.GetUnixFileMode(_destination));
            await _file.DisposeAsync().ConfigureAwait(false);
            if (modified is { } time) File.SetLastWriteTimeUtc(_temporary, time.UtcDateTime);
            RefuseReadOnly(_destination);
            File.Move(_temporary, _destination, overwrite: true);
            _committed = true;
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            throw Directory.Exists(_destination) ? LocalErrors.IsAFolder(_destination) : LocalErrors.Unwritable(_destination, e);
        }
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
        }

        if (_committed) return;
        try
        {
            File.Delete(_temporary);
        }
        catch (Exception e) when (FileErrors.IsFileSystemError(e))
        {
            // The name tells what it is; the next run may remove it.
        }
    }

    // Renaming over a read-only file works on Unix, yet its owner said that it is to stay.
    private static void RefuseReadOnly(string path)
    {
        if (new FileInfo(path) is { Exists: true, IsReadOnly: true }) throw new UnauthorizedAccessException($"The file '{path}' is read-only.");
    }
}
