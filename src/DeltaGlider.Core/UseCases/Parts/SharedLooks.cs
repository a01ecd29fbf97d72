namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// One look for all who want to know the same thing at the same time. A look counts only for those who asked before it
/// began: whoever asks while one is under way shares the next.
/// </summary>
/// <param name="look">Looks. Its token is cancelled when nobody waits for it any more.</param>
internal sealed class SharedLooks<TKey, TValue>(Func<TKey, CancellationToken, Task<TValue>> look)
    where TKey : notnull
{
    private readonly Dictionary<TKey, (Round UnderWay, Round? Next)> _rounds = [];

    /// <summary>What is seen by a look that begins after this call. Its failure is that of all who share it.</summary>
    public async ValueTask<TValue> AskAsync(TKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var round = Join(key, out var isFirst);
        if (isFirst) _ = LookUntilNobodyAsksAsync(key, round);
        try
        {
            return await round.Seen.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_rounds) round.IsOver = --round.Askers == 0 && !round.Seen.Task.IsCompleted;
            if (round.IsOver) await round.Unwanted.CancelAsync().ConfigureAwait(false);
        }
    }

    private Round Join(TKey key, out bool isFirst)
    {
        lock (_rounds)
        {
            isFirst = !_rounds.TryGetValue(key, out var rounds);
            if (isFirst) rounds = (new Round(), null);
            else if (rounds.Next is not { IsOver: false }) rounds.Next = new Round();
            _rounds[key] = rounds;
            var round = rounds.Next ?? rounds.UnderWay;
            round.Askers++;
            return round;
        }
    }

    private async Task LookUntilNobodyAsksAsync(TKey key, Round round)
    {
        for (var next = round; next is not null;)
        {
            await LookAsync(key, next).ConfigureAwait(false);
            lock (_rounds)
            {
                next = _rounds[key].Next;
                if (next is null) _rounds.Remove(key);
                else _rounds[key] = (next, null);
            }
        }
    }

    private async Task LookAsync(TKey key, Round round)
    {
        try
        {
            round.Seen.TrySetResult(await look(key, round.Unwanted.Token).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            round.Seen.TrySetException(e);
            _ = round.Seen.Task.Exception; // there may be nobody left to see it
        }
    }

    private sealed class Round
    {
        public TaskCompletionSource<TValue> Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // Never disposed: without a timer it holds nothing.
        public CancellationTokenSource Unwanted { get; } = new();

        public int Askers { get; set; }

        // All have left it before it was done: nobody may join it any more.
        public bool IsOver { get; set; }
    }
}
