using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Rules;

/// <summary>Which errors are the fault of an object, and what is found with it then.</summary>
internal static class Findings
{
    /// <summary>The finding; null for an error that says nothing of the object itself.</summary>
    public static VerifyFinding? Of(ErrorKind error) => error switch
    {
        ErrorKind.MetadataIncomplete or ErrorKind.OrphanedDelta => VerifyFinding.MetadataLost,
        ErrorKind.ReferenceMissing => VerifyFinding.MissingReference,
        ErrorKind.ReferenceMismatch => VerifyFinding.ReferenceMismatch,
        ErrorKind.DeltaUndecodable => VerifyFinding.Undecodable,
        ErrorKind.OriginalCompressionLost => VerifyFinding.CompressionLost,
        ErrorKind.ChecksumMismatch => VerifyFinding.ShaMismatch,
        _ => null,
    };
}
