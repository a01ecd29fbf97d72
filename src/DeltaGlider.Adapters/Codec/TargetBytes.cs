using DeltaGlider.Core.Ports;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Adapters.Codec;

/// <summary>
/// A file's bytes where they can be read in any order: in memory, or, when they are many, in a mapped copy. The file itself
/// is not mapped: if somebody cut it short meanwhile, that would end the process.
/// </summary>
internal sealed class TargetBytes : IDisposable
{
    private const long MaxInMemory = 128L << 20;

    private TargetBytes(SourceBuffer buffer, long memoryBytes)
    {
        Buffer = buffer;
        MemoryBytes = memoryBytes;
    }

    /// <summary>The bytes.</summary>
    public SourceBuffer Buffer { get; }

    /// <summary>How much memory they take that no file stands behind.</summary>
    public long MemoryBytes { get; }

    public static async ValueTask<TargetBytes> LoadAsync(IContent content, CancellationToken cancellationToken)
    {
        var stream = await content.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        if (content.Length <= MaxInMemory)
            return new TargetBytes(await SourceBuffer.ReadAsync(stream, content.Length, cancellationToken).ConfigureAwait(false), content.Length);

        // Gone with its handle, also when the process is killed on Windows; on Unix nobody else may read it.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Path.Combine(Path.GetTempPath(), $"deltaglider-{Guid.NewGuid():N}.tmp");
        var copy = new FileStream(path, options);
        await using var closingCopy = copy.ConfigureAwait(false);
        await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        await copy.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new TargetBytes(SourceBuffer.MapFile(path), 0);
    }

    public void Dispose() => Buffer.Dispose();
}
