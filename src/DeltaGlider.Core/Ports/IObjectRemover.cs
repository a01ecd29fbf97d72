using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>Removes from a store.</summary>
public interface IObjectRemover
{
    /// <summary>
    /// Removes an object; one that is not there is no error. With <paramref name="ifMatch"/>, only the version whose
    /// <see cref="StoredObject.ETag"/> that is.
    /// </summary>
    /// <returns>False when <paramref name="ifMatch"/> did not match and nothing was removed.</returns>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.BucketNotFound"/>,
    /// <see cref="Errors.ErrorKind.AccessDenied"/>, or a transient kind.</exception>
    ValueTask<bool> DeleteAsync(S3Uri uri, string? ifMatch, CancellationToken cancellationToken);
}
