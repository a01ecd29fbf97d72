using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.Observability;

/// <summary>A cache whose hits and misses are counted. Owns nothing.</summary>
internal sealed class CountedCache(IReferenceCache inner) : IReferenceCache
{
    public async ValueTask<ReferenceLease> AcquireAsync(
        Sha256Digest sha256, Func<CancellationToken, ValueTask<IDeltaReference>> load, CancellationToken cancellationToken)
    {
        var loaded = false;
        var lease = await inner.AcquireAsync(
            sha256,
            token =>
            {
                loaded = true;
                return load(token);
            },
            cancellationToken).ConfigureAwait(false);
        Measures.CacheAsked(!loaded);
        return lease;
    }

    public void Dispose()
    {
    }
}
