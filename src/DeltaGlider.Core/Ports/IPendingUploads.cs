using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>Writes that were begun in parts and neither finished nor given up: what killed writers leave in a bucket.</summary>
public interface IPendingUploads
{
    /// <summary>Those of a bucket, in no particular order. One that is being made at the moment is among them.</summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.BucketNotFound"/>,
    /// <see cref="Errors.ErrorKind.AccessDenied"/>, or a transient kind.</exception>
    IAsyncEnumerable<PendingUpload> ListUploadsAsync(string bucket, CancellationToken cancellationToken);

    /// <summary>
    /// Gives one up and frees what it takes. One that is no longer there is no error; one that a living process of this
    /// machine is known to hold is left alone.
    /// </summary>
    /// <returns>False when it was left alone.</returns>
    /// <exception cref="Errors.DeltaGliderException">As above.</exception>
    ValueTask<bool> AbortUploadAsync(PendingUpload upload, CancellationToken cancellationToken);
}
