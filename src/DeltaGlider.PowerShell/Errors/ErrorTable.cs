using System.Collections.Frozen;
using System.Management.Automation;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.Errors;

/// <summary>Every kind of error as PowerShell sorts it. A test asserts that none is missing.</summary>
internal static class ErrorTable
{
    private static readonly FrozenDictionary<ErrorKind, ErrorCategory> Categories = new Dictionary<ErrorKind, ErrorCategory>
    {
        [ErrorKind.Unexpected] = ErrorCategory.NotSpecified,
        [ErrorKind.InvalidArgument] = ErrorCategory.InvalidArgument,
        [ErrorKind.FileNotFound] = ErrorCategory.ObjectNotFound,
        [ErrorKind.IsAFolder] = ErrorCategory.InvalidType,
        [ErrorKind.FileUnreadable] = ErrorCategory.ReadError,
        [ErrorKind.FileUnwritable] = ErrorCategory.WriteError,
        [ErrorKind.FileChanged] = ErrorCategory.ResourceBusy,
        [ErrorKind.DiskFull] = ErrorCategory.ResourceUnavailable,
        [ErrorKind.ReservedKey] = ErrorCategory.InvalidArgument,
        [ErrorKind.ObjectNotFound] = ErrorCategory.ObjectNotFound,
        [ErrorKind.BucketNotFound] = ErrorCategory.ObjectNotFound,
        [ErrorKind.BucketNotEmpty] = ErrorCategory.InvalidOperation,
        [ErrorKind.NotSupported] = ErrorCategory.NotImplemented,
        [ErrorKind.AlreadyExists] = ErrorCategory.ResourceExists,
        [ErrorKind.Contended] = ErrorCategory.ResourceBusy,
        [ErrorKind.NoCredentials] = ErrorCategory.AuthenticationError,
        [ErrorKind.CredentialsRejected] = ErrorCategory.AuthenticationError,
        [ErrorKind.AccessDenied] = ErrorCategory.PermissionDenied,
        [ErrorKind.MetadataTooLarge] = ErrorCategory.LimitsExceeded,
        [ErrorKind.StoreFull] = ErrorCategory.QuotaExceeded,
        [ErrorKind.MetadataIncomplete] = ErrorCategory.InvalidData,
        [ErrorKind.OrphanedDelta] = ErrorCategory.InvalidData,
        [ErrorKind.ReferenceMissing] = ErrorCategory.InvalidData,
        [ErrorKind.ReferenceMismatch] = ErrorCategory.InvalidData,
        [ErrorKind.ReferenceInUse] = ErrorCategory.InvalidOperation,
        [ErrorKind.DeltaUndecodable] = ErrorCategory.InvalidData,
        [ErrorKind.OriginalCompressionLost] = ErrorCategory.NotImplemented,
        [ErrorKind.ChecksumMismatch] = ErrorCategory.InvalidData,
        [ErrorKind.TransferBroken] = ErrorCategory.ConnectionError,
        [ErrorKind.Throttled] = ErrorCategory.LimitsExceeded,
        [ErrorKind.StoreUnavailable] = ErrorCategory.ResourceUnavailable,
        [ErrorKind.StoreRefused] = ErrorCategory.InvalidOperation,
    }.ToFrozenDictionary();

    /// <summary>The kinds that make every further item of the call fail just as well: they end it.</summary>
    public static bool EndsTheCall(ErrorKind kind) => kind is ErrorKind.NoCredentials or ErrorKind.CredentialsRejected;

    /// <summary>The part of the FullyQualifiedErrorId before the comma. Stable: scripts match on it.</summary>
    public static string IdOf(ErrorKind kind) => $"DeltaGlider.{kind}";

    /// <summary>PowerShell's category.</summary>
    public static ErrorCategory CategoryOf(ErrorKind kind) => Categories[kind];
}
