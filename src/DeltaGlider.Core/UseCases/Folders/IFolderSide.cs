using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Folders;

/// <summary>One of the two places of a run over whole folders.</summary>
internal interface IFolderSide
{
    /// <summary>The place.</summary>
    FolderPlace Place { get; }

    /// <summary>Its files in the order of <see cref="LogicalOrder"/>, with what a listing says of them.</summary>
    IAsyncEnumerable<FolderItem> ListAsync(CancellationToken cancellationToken);

    /// <summary>The file of that name, with all that is kept with it; null when there is none.</summary>
    ValueTask<FolderItem?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>A file of the listing, with all that is kept with it.</summary>
    ValueTask<FolderItem> CompleteAsync(FolderItem item, CancellationToken cancellationToken);

    /// <summary>
    /// The SHA-256 of a file. Of an object it is the recorded one; where there is none, the object is read only if
    /// <paramref name="read"/> says so, and else null comes back.
    /// </summary>
    ValueTask<Sha256Digest?> HashAsync(FolderItem item, bool read, CancellationToken cancellationToken);

    /// <summary>Why nothing can be written here under that name; null where it can.</summary>
    string? WhyRefused(string name);
}
