namespace DeltaGlider.Core.Model;

/// <summary>What reading an object back has found, by kind. The names are stable: scripts match on them.</summary>
public enum VerifyFinding
{
    /// <summary>Nothing: its bytes are those that were stored.</summary>
    None,

    /// <summary>It can be read, and nobody recorded a SHA-256 to compare with.</summary>
    NotRecorded,

    /// <summary>The reference that the delta needs is not there.</summary>
    MissingReference,

    /// <summary>The reference has other bytes than the delta was made against, or than its own metadata says.</summary>
    ReferenceMismatch,

    /// <summary>Its bytes have another SHA-256 than was recorded.</summary>
    ShaMismatch,

    /// <summary>The delta cannot be decoded.</summary>
    Undecodable,

    /// <summary>The delta's writer unpacked the file and did not keep its compression.</summary>
    CompressionLost,

    /// <summary>The metadata that says what the bytes stand for is gone, or a part of it.</summary>
    MetadataLost,

    /// <summary>A reference that nothing needs. It does no harm and takes room.</summary>
    OrphanReference,
}
