using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Files;

/// <summary>A file's bytes, as many as it had at first.</summary>
internal sealed class FileContent(string path, long length, DateTime modifiedUtc) : IContent
{
    /// <inheritdoc/>
    public long Length => length;

    /// <inheritdoc/>
    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = LocalErrors.OnRead(path, () => new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan));
        if (file.Length == length && File.GetLastWriteTimeUtc(path) == modifiedUtc) return ValueTask.FromResult<Stream>(new UnchangedFileStream(file, path, length));
        file.Dispose();
        throw Changed(path);
    }

    /// <summary>The error for a file that is not what it was.</summary>
    public static DeltaGliderException Changed(string path) =>
        new(ErrorKind.FileChanged, path, $"'{path}' changed while it was being read.")
        {
            Safe = "Nothing was stored.",
            Advice = "Try again when nobody writes to it.",
        };
}
