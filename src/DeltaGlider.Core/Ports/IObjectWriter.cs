using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>
/// Writes to a store. A write is atomic: readers see the old object whole or the new object whole, and a write that
/// fails or is cancelled leaves the old one (or nothing). Of several writes with <see cref="PutCondition.IfAbsent"/>
/// to one key at most one succeeds.
/// </summary>
public interface IObjectWriter
{
    /// <summary>
    /// Writes an object and returns what the store now holds. With <see cref="PutRequest.IfMatch"/> only in place of that
    /// version: a store that knows no such condition looks at the object just before it writes.
    /// </summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.AlreadyExists"/> when the condition does
    /// not hold, <see cref="Errors.ErrorKind.Contended"/> when <see cref="PutRequest.IfMatch"/> does not;
    /// <see cref="Errors.ErrorKind.BucketNotFound"/>, <see cref="Errors.ErrorKind.AccessDenied"/>,
    /// <see cref="Errors.ErrorKind.MetadataTooLarge"/>, <see cref="Errors.ErrorKind.StoreFull"/>, or a transient kind.
    /// After a transient kind the object may have been written: look before writing again.</exception>
    ValueTask<StoredObject> PutAsync(PutRequest request, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>
    /// True when the store keeps the promise of <see cref="PutCondition.IfAbsent"/> between writers. Some that speak S3
    /// ignore the condition: there a creation that was reported may be overwritten by another one, and has to be looked at
    /// again. A store that cannot know tries it out, once, in the tool's own part of <paramref name="bucket"/>.
    /// </summary>
    /// <exception cref="Errors.DeltaGliderException">A transient kind.</exception>
    ValueTask<bool> CreatesOnlyOnceAsync(string bucket, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    /// <summary>Makes a bucket; one that is already the caller's is left as it is.</summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.AlreadyExists"/> when the name is somebody
    /// else's, <see cref="Errors.ErrorKind.AccessDenied"/>, or a transient kind.</exception>
    ValueTask CreateBucketAsync(string bucket, CancellationToken cancellationToken);
}
