using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>A deltaspace's reference, in memory, with the description that it has in the bucket.</summary>
/// <param name="Stored">The reference object.</param>
/// <param name="Lease">Its bytes.</param>
/// <param name="WasCreated">True when this very upload made it.</param>
internal sealed record HeldReference(StoredObject Stored, ReferenceLease Lease, bool WasCreated) : IDisposable
{
    public Sha256Digest Sha256 => Lease.Sha256;

    public void Dispose() => Lease.Dispose();
}
