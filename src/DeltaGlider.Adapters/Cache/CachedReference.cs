using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.Cache;

/// <summary>A reference in the cache, or on its way into it.</summary>
internal sealed class CachedReference(Sha256Digest sha256) : IDisposable
{
    private readonly CancellationTokenSource _abandon = new();
    private readonly object _gate = new();
    private Task<IDeltaReference>? _load;

    /// <summary>Its name.</summary>
    public Sha256Digest Sha256 => sha256;

    /// <summary>Leases that are out, and callers that wait; guarded by the cache.</summary>
    public int Users { get; set; }

    /// <summary>Its place in the order of use once it is kept; guarded by the cache.</summary>
    public LinkedListNode<CachedReference>? Node { get; set; }

    /// <summary>Its bytes, once it is kept; guarded by the cache.</summary>
    public long Length { get; set; }

    /// <summary>True when the load ended without a reference.</summary>
    public bool HasFailed => _load is { IsCompleted: true, IsCompletedSuccessfully: false };

    /// <summary>Starts the load, or joins it.</summary>
    public Task<IDeltaReference> StartOnce(Func<CancellationToken, ValueTask<IDeltaReference>> load)
    {
        lock (_gate)
        {
            // Not on the first caller's stack, nor under its token: the others depend on it too.
            return _load ??= Task.Run(async () => await load(_abandon.Token).ConfigureAwait(false));
        }
    }

    /// <summary>Cancels a load that still runs, and frees the reference it has brought or will bring.</summary>
    public void Dispose()
    {
        _ = _abandon.CancelAsync();
        _load?.ContinueWith(
            done =>
            {
                if (done.IsCompletedSuccessfully) done.Result.Dispose();
                else _ = done.Exception;
                _abandon.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
