namespace DeltaGlider.Core.Model;

/// <summary>How something is mended.</summary>
public enum RepairKind
{
    /// <summary>It has been mended meanwhile: nothing is to be done but to look again.</summary>
    Nothing,

    /// <summary>Metadata that is lost is written anew, for the bytes prove what it was.</summary>
    RewriteMetadata,

    /// <summary>A reference is put back, of which a good copy is at hand.</summary>
    RestoreReference,

    /// <summary>A reference that nothing needs is removed.</summary>
    RemoveOrphan,
}
