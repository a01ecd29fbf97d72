namespace DeltaGlider.Core.Ports;

/// <summary>
/// A file being written under a temporary name in its destination's folder. Disposed without a commit, it leaves
/// nothing behind and the old file as it was.
/// </summary>
public interface ILocalFileWriter : IAsyncDisposable
{
    /// <summary>Takes the bytes.</summary>
    Stream Stream { get; }

    /// <summary>
    /// Flushes to the disk, sets the modification time where one is given, and renames over the destination: from then
    /// on, and not before, the destination has the new bytes.
    /// </summary>
    ValueTask CommitAsync(DateTimeOffset? modified, CancellationToken cancellationToken);
}
