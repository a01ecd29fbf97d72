using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>Makes links with which anybody can fetch an object for a while.</summary>
public interface IPresigner
{
    /// <summary>
    /// A link to an object. Nothing is asked of the store: whether the object is there, the link shows. The link is as
    /// good as a key to the object, so it must get into no log.
    /// </summary>
    /// <exception cref="Errors.DeltaGliderException"><see cref="Errors.ErrorKind.NotSupported"/> of a store that has no
    /// address.</exception>
    ValueTask<Uri> PresignAsync(PresignRequest request, CancellationToken cancellationToken);
}
