using System.Collections.Concurrent;
using System.Management.Automation;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.Base;

/// <summary>
/// Runs asynchronous work while the pipeline thread does what only it may do: write, ask, resolve paths. Workers queue
/// such calls here. Work that is to outlast one <see cref="Run"/> is handed to <see cref="Track"/>. On any way out but a
/// good end, all of it has been cancelled and has ended: after <c>Select-Object -First 1</c> neither StopProcessing nor a
/// stop token tells of the end, only the exception out of WriteObject does.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    private readonly BlockingCollection<Action> _calls = [];
    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<Task> _tracked = [];
    private volatile bool _stopped;

    /// <summary>Runs <paramref name="work"/> on a worker and its calls on this thread, until both have ended.</summary>
    /// <param name="work">The work. Its token lives as long as the pump.</param>
    /// <param name="cleared">Runs on this thread when the work was cut off, before that is told to the engine.</param>
    /// <exception cref="PipelineStoppedException">The user has stopped the pipeline.</exception>
    public void Run(Func<CancellationToken, Task> work, Action cleared)
    {
        var ended = false;
        var token = _end.Token;
        var running = Task.Run(() => work(token), CancellationToken.None);
        running.ContinueWith(_ => _calls.Add(() => ended = true), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            while (!ended) _calls.Take()();
            running.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            // Stopped by the engine, by the user's answer to a question or by -ErrorAction Stop: the exception has to
            // reach the engine as it is, but not before the work has let go of everything.
            _end.Cancel();
            Task.WhenAny(running).Wait(CancellationToken.None);
            WaitForTracked();
            cleared();
            if (e is OperationCanceledException && _stopped) throw new PipelineStoppedException();
            throw;
        }
    }

    /// <summary>Answers for work that goes on after the present <see cref="Run"/>: it is cancelled and awaited at the end.</summary>
    public void Track(Task work)
    {
        lock (_tracked) _tracked.Add(work);
        work.ContinueWith(
            done =>
            {
                _ = done.Exception;
                lock (_tracked) _tracked.Remove(done);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Has <paramref name="call"/> run on the pipeline thread some time, without waiting for it.</summary>
    public void Post(Action call)
    {
        try
        {
            _calls.Add(call);
        }
        catch (ObjectDisposedException)
        {
            // The command is over: nobody is left to be told.
        }
    }

    /// <summary>
    /// Runs <paramref name="call"/> on the pipeline thread and waits for its result. A <see cref="DeltaGliderException"/>
    /// comes back here; any other exception is the engine's own, ends the pump and cancels this wait.
    /// </summary>
    public async Task<T> CallAsync<T>(Func<T> call, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Add(() =>
        {
            try
            {
                result.SetResult(call());
            }
            catch (DeltaGliderException e)
            {
                result.SetException(e);
            }
        }, cancellationToken);
        return await result.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Cancels the work. May be called from any thread.</summary>
    public void Stop()
    {
        try
        {
            _stopped = true;
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Stopped just when the command had ended by itself.
        }
    }

    /// <summary>Cancels and awaits what was tracked and still runs: another command of the pipeline may have ended it.</summary>
    public void Dispose()
    {
        Stop();
        WaitForTracked();
        _end.Dispose();
        _calls.Dispose();
    }

    private void WaitForTracked()
    {
        Task[] tracked;
        lock (_tracked) tracked = [.. _tracked];
        Task.WhenAny(Task.WhenAll(tracked)).Wait(CancellationToken.None);
    }
}
