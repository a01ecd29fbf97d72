namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>
/// Time for steps that a cancellation must not cut off half-way. A store that does not answer gets a minute for each; and
/// somebody who has cancelled is kept waiting for a moment in all, after which the work is left as if the process had died.
/// </summary>
internal sealed class Grace : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterCancel = TimeSpan.FromMilliseconds(800);

    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenRegistration _hurry;

    public Grace(TimeProvider time, CancellationToken caller)
    {
        _time = time;
        _over = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _hurry = caller.Register(() => _over.CancelAfter(AfterCancel));
    }

    /// <summary>True when the caller has cancelled and waited long enough.</summary>
    public bool IsOver => _over.IsCancellationRequested;

    /// <summary>Runs one step.</summary>
    /// <exception cref="OperationCanceledException">Its time is over.</exception>
    public async ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> step)
    {
        using var limit = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _over.Token);
        return await step(either.Token).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _hurry.Dispose();
        _over.Dispose();
    }
}
