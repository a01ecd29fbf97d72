using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>
/// Reads from a store. Reads are strongly consistent: after a write or a delete has returned, every later call sees it.
/// Every failure is a <see cref="Errors.DeltaGliderException"/> that names the object; cancellation is an
/// <see cref="OperationCanceledException"/> of the caller's token.
/// </summary>
public interface IObjectReader
{
    /// <summary>Describes an object; null when the bucket has no such key.</summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.BucketNotFound"/>,
    /// <see cref="Errors.ErrorKind.AccessDenied"/>, or a transient kind.</exception>
    ValueTask<StoredObject?> FindAsync(S3Uri uri, CancellationToken cancellationToken);

    /// <summary>
    /// Opens an object's bytes. A stream that breaks off is picked up again or fails with
    /// <see cref="Errors.ErrorKind.TransferBroken"/>: it never ends short.
    /// </summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.ObjectNotFound"/>,
    /// <see cref="Errors.ErrorKind.BucketNotFound"/>, <see cref="Errors.ErrorKind.AccessDenied"/>, or a transient kind.</exception>
    ValueTask<OpenedObject> OpenAsync(S3Uri uri, CancellationToken cancellationToken);

    /// <summary>
    /// Lists page by page, in the UTF-8 byte order of the keys; the next page is asked for only when it is awaited.
    /// A key that is there from before the first page until after the last is listed exactly once.
    /// </summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.BucketNotFound"/>,
    /// <see cref="Errors.ErrorKind.AccessDenied"/>, or a transient kind.</exception>
    IAsyncEnumerable<ListPage> ListAsync(ListRequest request, CancellationToken cancellationToken);

    /// <summary>The buckets that the credentials may see, by name.</summary>
    IAsyncEnumerable<BucketInfo> ListBucketsAsync(CancellationToken cancellationToken);
}
