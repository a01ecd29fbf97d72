using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Ports;

/// <summary>Keeps references that were loaded and checked, so that the next file of a deltaspace need not fetch them.</summary>
public interface IReferenceCache : IDisposable
{
    /// <summary>
    /// Lends the reference with this SHA-256. Where it is not at hand, <paramref name="load"/> is called, once for all
    /// that ask at the same time; a load that fails is not remembered. The caller disposes the lease, never the
    /// reference; a reference is freed only when no lease is out.
    /// </summary>
    ValueTask<ReferenceLease> AcquireAsync(
        Sha256Digest sha256,
        Func<CancellationToken, ValueTask<IDeltaReference>> load,
        CancellationToken cancellationToken);
}
