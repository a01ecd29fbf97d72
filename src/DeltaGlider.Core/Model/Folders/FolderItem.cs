using DeltaGlider.Core.Errors;

namespace DeltaGlider.Core.Model;

/// <summary>A file in a <see cref="FolderPlace"/>.</summary>
/// <param name="Name">Its name within the place, with <c>/</c> between the parts.</param>
public sealed record FolderItem(string Name)
{
    /// <summary>The file's bytes; of a delta, those it decodes to.</summary>
    public long Size { get; init; }

    /// <summary>When its content last changed; of an object that does not record it, when the store took it.</summary>
    public DateTimeOffset Modified { get; init; }

    /// <summary>True when everything is known of it that the store keeps, false where a listing says less.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Its SHA-256, where that is recorded and known.</summary>
    public Sha256Digest? Sha256 { get; init; }

    /// <summary>What is wrong with it, where it cannot be read at all.</summary>
    public DeltaGliderException? Problem { get; init; }

    /// <summary>True for an object that stands for a folder and has no bytes, as consoles make them.</summary>
    public bool IsMarker => Name.Length == 0 || Name.EndsWith('/');
}
