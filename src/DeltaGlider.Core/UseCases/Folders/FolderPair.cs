using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Folders;

/// <summary>What both places have under one name; one of the two at least.</summary>
internal sealed record FolderPair(FolderItem? Source, FolderItem? Destination)
{
    /// <summary>True when nobody has looked yet what the destination has.</summary>
    public bool LooksUp { get; init; }

    public string Name => Source?.Name ?? Destination!.Name;
}
