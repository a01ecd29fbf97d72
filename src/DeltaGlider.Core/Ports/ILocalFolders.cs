namespace DeltaGlider.Core.Ports;

/// <summary>The machine's folders, as wholes.</summary>
public interface ILocalFolders
{
    /// <summary>
    /// The files below a folder, in the order of <see cref="Model.LogicalOrder"/>; of each folder on the way only its own
    /// entries are held. Files being written by this program are passed over. What cannot be read is an entry that says
    /// why, and the rest goes on.
    /// </summary>
    /// <param name="root">The folder; where there is none, it has nothing.</param>
    /// <param name="followLinks">Walk through symbolic links that lead to somewhere within <paramref name="root"/>; one that
    /// leads out of it, nowhere, or back to a folder it is in, is an entry that says so. Otherwise links are passed over.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    IEnumerable<LocalEntry> Walk(string root, bool followLinks, CancellationToken cancellationToken);

    /// <summary>True when a link on the way from <paramref name="root"/> to <paramref name="path"/>, or there, leads to
    /// somewhere outside of it.</summary>
    bool LeadsOutside(string root, string path);

    /// <summary>True where two names that differ in case only are two files.</summary>
    bool TellsCaseApart(string root);

    /// <summary>True where Windows reads names.</summary>
    bool HasWindowsNames { get; }

    /// <summary>Makes a folder and those above it.</summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.FileUnwritable"/>.</exception>
    void Make(string path);

    /// <summary>Removes a file; one that is gone is no error. A link goes, and not what it points to.</summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.FileUnwritable"/>.</exception>
    void Remove(string path);

    /// <summary>Takes the read-only mark off a file that has it.</summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.FileUnwritable"/>.</exception>
    void MakeWritable(string path);
}
