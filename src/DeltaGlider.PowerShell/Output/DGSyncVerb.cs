namespace DeltaGlider;

/// <summary>What a sync does about one name.</summary>
public enum DGSyncVerb
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It stores a file.</summary>
    Upload,

    /// <summary>It fetches an object.</summary>
    Download,

    /// <summary>It copies an object to another.</summary>
    Copy,

    /// <summary>It makes a local folder.</summary>
    MakeFolder,

    /// <summary>It removes what the source does not have.</summary>
    Delete,

    /// <summary>It keeps what is newer at the destination.</summary>
    Keep,

    /// <summary>It leaves out what cannot be done.</summary>
    Refuse,
}
