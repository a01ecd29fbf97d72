using System.Runtime.CompilerServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Bytes;

namespace DeltaGlider.Core.UseCases.Folders;

/// <summary>A folder of this machine.</summary>
internal sealed class LocalSide : IFolderSide
{
    private readonly ILocalFiles _files;
    private readonly ILocalFolders _folders;
    private readonly bool _followLinks;
    private readonly HashSet<string>? _claimed;

    public LocalSide(FolderPlace place, ILocalFiles files, ILocalFolders folders, bool followLinks)
    {
        Place = place;
        _files = files;
        _folders = folders;
        _followLinks = followLinks;
        _claimed = folders.TellsCaseApart(place.Path!) ? null : new HashSet<string>(StringComparer.OrdinalIgnoreCase);
    }

    public FolderPlace Place { get; }

    /// <summary>Passes a folder that files are to come from.</summary>
    public void EnsureIsThere()
    {
        var found = _files.Find(Place.Path!) ?? throw Fail.FileNotFound(Place.Path!);
        if (!found.IsFolder) throw Fail.InvalidArgument(found.FullPath, $"{found.FullPath} is a file, and a folder is needed.", "Name a folder.");
    }

    public async IAsyncEnumerable<FolderItem> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var entry in _folders.Walk(Place.Path!, _followLinks, cancellationToken))
        {
            yield return new FolderItem(entry.Name) { Size = entry.Length, Modified = entry.Modified, IsComplete = true, Problem = entry.Problem };
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<FolderItem?> FindAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_files.Find(Place.PathOf(name)) is { IsFolder: false } file
            ? new FolderItem(name) { Size = file.Length, Modified = file.Modified, IsComplete = true }
            : null);

    public ValueTask<FolderItem> CompleteAsync(FolderItem item, CancellationToken cancellationToken) => ValueTask.FromResult(item);

    public async ValueTask<Sha256Digest?> HashAsync(FolderItem item, bool read, CancellationToken cancellationToken) =>
        (await ContentHasher.HashAsync(_files.Read(Place.PathOf(item.Name)), null, cancellationToken).ConfigureAwait(false)).Sha256;

    public string? WhyRefused(string name)
    {
        if (LocalNames.WhyRefused(name, _folders.HasWindowsNames) is { } why) return why;
        if (_folders.LeadsOutside(Place.Path!, Place.PathOf(name))) return $"a link on its way leads out of {Place}";
        if (_claimed is null || name.EndsWith('/')) return null;
        lock (_claimed) return _claimed.Add(name) ? null : "it differs from another only in upper and lower case, which are not told apart here";
    }
}
