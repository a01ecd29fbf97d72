using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases;

/// <summary>
/// Reads an object back, decodes it where it is a delta, and compares its SHA-256 with the recorded one. What counts is
/// what lies in the bucket: a reference is read there, also where a good copy is cached.
/// </summary>
public sealed class VerifyObject
{
    private readonly VariantLocator _locator;
    private readonly ObjectRestorer _restorer;
    private readonly ReferenceProof _references;

    internal VerifyObject(VariantLocator locator, ObjectRestorer restorer, ReferenceProof references)
    {
        _locator = locator;
        _restorer = restorer;
        _references = references;
    }

    /// <summary>
    /// Verifies one object. What is wrong with the object is in the result; what kept it from being looked at is thrown.
    /// </summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.ObjectNotFound"/>, or what the store reports.</exception>
    public ValueTask<VerifyObjectResult> RunAsync(S3Uri uri, IProgressSink? progress, CancellationToken cancellationToken) =>
        Operation.RunAsync("verify", uri, async operation =>
        {
            using var hold = new ReferenceHold();
            var result = await CheckAsync(uri, hold, progress, cancellationToken).ConfigureAwait(false);
            operation.Tell("storage", Measures.NameOf(result.Storage));
            operation.Tell("size", result.Size);
            operation.Tell("stored_size", result.StoredSize);
            operation.Tell("valid", result.IsValid);
            return result;
        });

    /// <summary>The same beside others: the reference stays in <paramref name="hold"/> for the next delta of the deltaspace.</summary>
    internal async ValueTask<VerifyObjectResult> CheckAsync(S3Uri uri, ReferenceHold hold, IProgressSink? progress, CancellationToken cancellationToken)
    {
        if (uri.Key.Length == 0) throw Fail.InvalidArgument(uri.ToString(), $"{uri} names no object.", "Write it as s3://bucket/key.");
        ResolvedObject source;
        try
        {
            source = await _locator.LocateAsync(uri, cancellationToken).ConfigureAwait(false);
        }
        catch (DeltaGliderException e) when (e.Kind == ErrorKind.OrphanedDelta)
        {
            return new VerifyObjectResult(uri, false, null, null) { Storage = StorageKind.Delta, Problem = e.Kind, Finding = VerifyFinding.MetadataLost, Reason = e.Message };
        }

        var expected = source.Metadata.FileSha256;
        try
        {
            if (source.Kind == StorageKind.Delta) await _references.EnsureAsync(source, hold, cancellationToken).ConfigureAwait(false);
            var restored = await _restorer.RestoreAsync(source, Stream.Null, progress, cancellationToken).ConfigureAwait(false);
            return Describe(restored.Source, restored.Expected is not null && !restored.IsMismatch, restored.Expected, restored.Actual) with
            {
                Size = restored.Length,
                Problem = restored.IsMismatch ? ErrorKind.ChecksumMismatch : null,
                Finding = restored.Expected is null ? VerifyFinding.NotRecorded : restored.IsMismatch ? VerifyFinding.ShaMismatch : VerifyFinding.None,
                Reason = restored.Expected is null ? "Readable, but no SHA-256 was recorded when it was stored."
                    : restored.IsMismatch ? Fail.ChecksumMismatch(uri, restored.Expected, restored.Actual).Message
                    : "",
            };
        }
        catch (DeltaGliderException e) when (Findings.Of(e.Kind) is { } finding)
        {
            return Describe(source, false, expected, null) with { Problem = e.Kind, Finding = finding, Reason = e.Message };
        }
    }

    private static VerifyObjectResult Describe(ResolvedObject source, bool valid, Sha256Digest? expected, Sha256Digest? actual) =>
        new(source.Logical, valid, expected, actual) { Storage = source.Kind, Size = source.Size, StoredSize = source.Stored.Size };
}
