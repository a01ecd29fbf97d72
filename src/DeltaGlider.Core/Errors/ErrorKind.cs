namespace DeltaGlider.Core.Errors;

/// <summary>The things that can go wrong, one by one. Names are stable: scripts match on them.</summary>
public enum ErrorKind
{
    /// <summary>A defect of this program.</summary>
    Unexpected,

    /// <summary>A URI, path, option or environment variable that makes no sense.</summary>
    InvalidArgument,

    /// <summary>No such local file.</summary>
    FileNotFound,

    /// <summary>A folder where a file was needed.</summary>
    IsAFolder,

    /// <summary>A local file that cannot be opened or read.</summary>
    FileUnreadable,

    /// <summary>A local file that cannot be written.</summary>
    FileUnwritable,

    /// <summary>A local file that changed while it was being stored.</summary>
    FileChanged,

    /// <summary>The local disk has no room.</summary>
    DiskFull,

    /// <summary>A key that belongs to the tool itself.</summary>
    ReservedKey,

    /// <summary>No such object.</summary>
    ObjectNotFound,

    /// <summary>No such bucket.</summary>
    BucketNotFound,

    /// <summary>A bucket that was to be removed has something in it.</summary>
    BucketNotEmpty,

    /// <summary>Something is already there, and the write asked that nothing be.</summary>
    AlreadyExists,

    /// <summary>No credentials were found anywhere.</summary>
    NoCredentials,

    /// <summary>The store does not accept the credentials (unknown key, wrong secret, expired token).</summary>
    CredentialsRejected,

    /// <summary>The credentials are good, and do not allow this.</summary>
    AccessDenied,

    /// <summary>More user metadata than S3 takes, or of a form it does not take.</summary>
    MetadataTooLarge,

    /// <summary>The store has no room, or a quota is used up.</summary>
    StoreFull,

    /// <summary>The object's metadata lacks what is needed to restore it.</summary>
    MetadataIncomplete,

    /// <summary>A delta whose metadata is gone: its bytes are VCDIFF and not the file's.</summary>
    OrphanedDelta,

    /// <summary>A delta whose reference is gone.</summary>
    ReferenceMissing,

    /// <summary>A reference whose bytes are not those that the delta was made against.</summary>
    ReferenceMismatch,

    /// <summary>A reference that live deltas need was to be removed.</summary>
    ReferenceInUse,

    /// <summary>A delta that cannot be decoded.</summary>
    DeltaUndecodable,

    /// <summary>A delta whose writer did not keep the original compression, so that the file cannot be had back exactly.</summary>
    OriginalCompressionLost,

    /// <summary>Bytes that are not those whose SHA-256 was recorded.</summary>
    ChecksumMismatch,

    /// <summary>A transfer that broke off.</summary>
    TransferBroken,

    /// <summary>The store asks to slow down.</summary>
    Throttled,

    /// <summary>The store does not answer, or answers that it cannot.</summary>
    StoreUnavailable,

    /// <summary>The store refused the request for a reason of its own.</summary>
    StoreRefused,

    /// <summary>Something that this kind of store cannot do at all.</summary>
    NotSupported,

    /// <summary>Other writers got in the way again and again.</summary>
    Contended,
}
