using System.Runtime.ExceptionServices;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Adapters.S3;

/// <summary>
/// Does the parts of one piece of work: one after the other on the lane that the caller has, and others beside it as long
/// as further lanes are free. A further lane is given up after each part, so that a file that waits for one gets it.
/// </summary>
/// <param name="gate">Where further lanes come from.</param>
/// <param name="count">How many parts there are.</param>
/// <param name="part">Does the part of that index.</param>
internal sealed class PartLanes(TransferGate gate, int count, Func<int, CancellationToken, Task> part)
{
    private readonly List<Task> _further = [];
    private int _begun;
    private Exception? _failure;

    /// <summary>Does all parts. The first failure cancels the others; it is thrown when all have ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        while (TryBegin(out var index) && !stop.IsCancellationRequested)
        {
            // Once stopped, a lane comes back at once and nothing is begun: without a look at that, this would go round for ever.
            while (!stop.IsCancellationRequested && Volatile.Read(ref _begun) < count && gate.TryEnter() is { } lane) _further.Add(GoOnAsync(lane, stop));
            await DoAsync(index, stop).ConfigureAwait(false);
        }

        await Task.WhenAll(_further).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    private bool TryBegin(out int index) => (index = Interlocked.Increment(ref _begun) - 1) < count;

    private async Task GoOnAsync(IDisposable? lane, CancellationTokenSource stop)
    {
        while (lane is not null)
        {
            using (lane)
            {
                if (stop.IsCancellationRequested || !TryBegin(out var index)) return;
                await DoAsync(index, stop).ConfigureAwait(false);
            }

            lane = gate.TryEnter();
        }
    }

    private async Task DoAsync(int index, CancellationTokenSource stop)
    {
        try
        {
            await part(index, stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }
}
