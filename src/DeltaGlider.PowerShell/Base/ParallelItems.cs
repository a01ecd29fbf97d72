using System.Runtime.ExceptionServices;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Base;

/// <summary>
/// The items of one command that are under way at the same time, each on a lane of the gate. They go on while the next
/// ones come down the pipeline. What ends the whole call ends them all.
/// </summary>
/// <param name="pump">Answers for them when the command is cut off.</param>
internal sealed class ParallelItems(PipelinePump pump) : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private ItemTurn? _last;
    private Exception? _fatal;

    /// <summary>Waits for a lane and lets an item go on it.</summary>
    /// <param name="gate">Where the lane comes from.</param>
    /// <param name="item">The item. What it throws ends the whole call.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public async Task StartAsync(TransferGate gate, Func<ItemTurn, CancellationToken, Task> item, CancellationToken cancellationToken)
    {
        var lane = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (_over.IsCancellationRequested)
        {
            lane.Dispose();
            await DrainAsync(cancellationToken).ConfigureAwait(false);
        }

        var turn = _last = new ItemTurn(_last, lane);
        pump.Track(Task.Run(() => RunAsync(turn, item, cancellationToken), CancellationToken.None));
    }

    /// <summary>Waits until every item begun has told its result.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last) await last.Told.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_fatal is { } fatal) ExceptionDispatchInfo.Throw(fatal);
    }

    /// <inheritdoc/>
    public void Dispose() => _over.Dispose();

    private async Task RunAsync(ItemTurn turn, Func<ItemTurn, CancellationToken, Task> item, CancellationToken cancellationToken)
    {
        using (turn)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _over.Token);
            try
            {
                await item(turn, either.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Of the call's cancellation the pump knows; what follows from another item's end is no news either.
                if (!either.IsCancellationRequested) Interlocked.CompareExchange(ref _fatal, e, null);
                await _over.CancelAsync().ConfigureAwait(false);
            }
        }
    }
}
