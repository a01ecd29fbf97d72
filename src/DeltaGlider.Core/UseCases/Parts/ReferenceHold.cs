using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>Keeps references in memory while the deltas of one deltaspace are gone through, however small the cache is.</summary>
internal sealed class ReferenceHold : IDisposable
{
    private readonly List<ReferenceLease> _leases = [];
    private bool _over;

    /// <summary>Keeps a reference to the end.</summary>
    public void Keep(ReferenceLease lease)
    {
        lock (_leases)
        {
            if (!_over && _leases.TrueForAll(held => held.Sha256 != lease.Sha256))
            {
                _leases.Add(lease);
                return;
            }
        }

        lease.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_leases)
        {
            _over = true;
            foreach (var lease in _leases) lease.Dispose();
            _leases.Clear();
        }
    }
}
