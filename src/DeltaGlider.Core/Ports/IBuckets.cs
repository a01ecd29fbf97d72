using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>Changes buckets themselves. Making one is part of <see cref="IObjectWriter"/>.</summary>
public interface IBuckets
{
    /// <summary>Removes a bucket in which nothing is.</summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.BucketNotEmpty"/>, and the bucket is as it
    /// was; <see cref="Errors.ErrorKind.BucketNotFound"/>, <see cref="Errors.ErrorKind.AccessDenied"/>, or a transient
    /// kind.</exception>
    ValueTask DeleteBucketAsync(string bucket, CancellationToken cancellationToken);

    /// <summary>Who may do what with a bucket.</summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.NotSupported"/> of a store that has no such
    /// lists; else as above.</exception>
    ValueTask<BucketAcl> GetAclAsync(string bucket, CancellationToken cancellationToken);

    /// <summary>Says who may do what with a bucket, in place of whatever was said before.</summary>
    /// <exception cref="Errors.DeltaGliderException">As above.</exception>
    ValueTask SetAclAsync(string bucket, AclChange change, CancellationToken cancellationToken);
}
