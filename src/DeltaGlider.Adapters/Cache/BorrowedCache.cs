using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Cache;

/// <summary>
/// A cache that several commands share, as one of them uses it: it stays when the command ends. A load that another command
/// had begun, over its own connection, and that failed or ended with it, is begun anew over this one's.
/// </summary>
public sealed class BorrowedCache(IReferenceCache inner) : IReferenceCache
{
    /// <inheritdoc/>
    public async ValueTask<ReferenceLease> AcquireAsync(
        Sha256Digest sha256, Func<CancellationToken, ValueTask<IDeltaReference>> load, CancellationToken cancellationToken)
    {
        for (var mine = false; ;)
        {
            try
            {
                return await inner.AcquireAsync(
                    sha256,
                    token =>
                    {
                        mine = true;
                        return load(token);
                    },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (!mine && !cancellationToken.IsCancellationRequested)
            {
                // The next one to ask begins the load, and that may well be this one.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
