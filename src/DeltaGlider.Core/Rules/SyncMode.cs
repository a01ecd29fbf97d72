namespace DeltaGlider.Core.Rules;

/// <summary>How two files of one name are compared.</summary>
public enum SyncMode
{
    /// <summary>Size and modification time; where only the times differ, the SHA-256 decides.</summary>
    Times,

    /// <summary>The size alone.</summary>
    SizeOnly,

    /// <summary>Size and SHA-256, whatever the times say.</summary>
    Checksum,

    /// <summary>Size and modification time, which must be the same to be taken as such.</summary>
    ExactTimestamps,
}
