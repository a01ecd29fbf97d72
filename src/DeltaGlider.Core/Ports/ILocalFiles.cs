namespace DeltaGlider.Core.Ports;

/// <summary>The machine's own file system.</summary>
public interface ILocalFiles
{
    /// <summary>Describes a file or folder; null when there is none.</summary>
    LocalFile? Find(string path);

    /// <summary>
    /// A file's bytes. Every opening yields as many as the file had when this was called, or throws
    /// <see cref="Errors.ErrorKind.FileChanged"/>.
    /// </summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.FileNotFound"/>,
    /// <see cref="Errors.ErrorKind.IsAFolder"/> or <see cref="Errors.ErrorKind.FileUnreadable"/>.</exception>
    IContent Read(string path);

    /// <summary>
    /// Begins to write a file beside <paramref name="path"/> that takes its place when it is committed. Missing folders
    /// are made.
    /// </summary>
    /// <param name="path">The file to be.</param>
    /// <param name="expectedLength">How many bytes it will have, where that is known: then it is refused at once, before
    /// anything is made, when the disk has fewer free.</param>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.IsAFolder"/>,
    /// <see cref="Errors.ErrorKind.DiskFull"/> or <see cref="Errors.ErrorKind.FileUnwritable"/>.</exception>
    ILocalFileWriter BeginReplace(string path, long? expectedLength = null);

    /// <summary>Makes a place for bytes that are on their way from one store to another.</summary>
    /// <param name="expectedLength">How many there will be, where that is known.</param>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.DiskFull"/> or
    /// <see cref="Errors.ErrorKind.FileUnwritable"/>.</exception>
    IScratchFile BeginScratch(long? expectedLength = null) => throw new NotSupportedException();
}
