namespace DeltaGlider.Core.Model;

/// <summary>What is done about one name.</summary>
public enum FolderAction
{
    /// <summary>Nothing: both sides have the same.</summary>
    None,

    /// <summary>A file is stored.</summary>
    Upload,

    /// <summary>An object is fetched.</summary>
    Download,

    /// <summary>An object is copied to another.</summary>
    Copy,

    /// <summary>A local folder is made, for an object that stands for one.</summary>
    MakeFolder,

    /// <summary>What the source does not have is removed from the destination.</summary>
    Delete,

    /// <summary>Nothing: the destination's own is newer, and nobody said that it may be replaced.</summary>
    Keep,

    /// <summary>Nothing: it cannot be done, and the error says why.</summary>
    Refuse,
}
