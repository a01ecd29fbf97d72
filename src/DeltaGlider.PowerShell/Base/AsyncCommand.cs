using System.Management.Automation;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Ports;
using DeltaGlider.Errors;

namespace DeltaGlider.Base;

/// <summary>
/// A cmdlet whose work is asynchronous. What is wrong with one item is a non-terminating error and the rest goes on;
/// what is wrong with the whole call ends it.
/// </summary>
public abstract class AsyncCommand : PSCmdlet, IDisposable
{
    private readonly PipelinePump _pump = new();
    private readonly ParallelItems _items;
    private ProgressBoard? _progress;

    private protected AsyncCommand() => _items = new ParallelItems(_pump);

    /// <summary>The progress bars of this command.</summary>
    private protected ProgressBoard Progress => _progress ??=
        new ProgressBoard(_pump.Post, Onlooker.IsThere(Host) ? WriteProgress : _ => { }, MyInvocation.MyCommand.Name, TimeProvider.System);

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => WholeCall(() => _pump.Run(OpenAsync, Progress.Clear));

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => WholeCall(() => _pump.Run(ProcessAsync, Progress.Clear));

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => WholeCall(() => _pump.Run(_items.DrainAsync, Progress.Clear));

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _pump.Stop();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the command holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _pump.Dispose();
        _items.Dispose();
    }

    /// <summary>Makes ready before the first item. Runs on a worker.</summary>
    private protected virtual Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Handles what came down the pipeline. Runs on a worker: everything towards the pipeline goes through the
    /// methods below.</summary>
    private protected abstract Task ProcessAsync(CancellationToken cancellationToken);

    /// <summary>Has something said on the pipeline thread some time, without waiting for it.</summary>
    private protected void Post(Action call) => _pump.Post(call);

    /// <summary>Lets something go on beside the work; it is cancelled and awaited at the end.</summary>
    private protected void Track(Func<Task> work) => _pump.Track(Task.Run(work, CancellationToken.None));

    /// <summary>Runs something on the pipeline thread and waits for its result.</summary>
    private protected Task<T> OnPipelineAsync<T>(Func<T> call, CancellationToken cancellationToken) =>
        _pump.CallAsync(call, cancellationToken);

    /// <summary>Writes an object, and waits until those behind in the pipeline have taken it.</summary>
    private protected Task EmitAsync(object output, CancellationToken cancellationToken) =>
        OnPipelineAsync(() => Done(() => WriteObject(output)), cancellationToken);

    /// <summary>Writes the result of an item that goes beside others, when it is its turn.</summary>
    private protected async Task EmitAsync(ItemTurn turn, object output, CancellationToken cancellationToken)
    {
        await turn.ToTellAsync(cancellationToken).ConfigureAwait(false);
        await EmitAsync(output, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True under -Force: the question of a cmdlet of high impact is taken as answered.</summary>
    private protected virtual bool AsksNothing => false;

    /// <summary>Asks whether to go on; under -WhatIf shows the plan and answers no.</summary>
    /// <param name="plan">The plan as text.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private protected Task<bool> ShouldGoOnAsync(string plan, CancellationToken cancellationToken) => ShouldGoOnAsync(plan, isMild: false, cancellationToken);

    /// <summary>The same of something milder than the cmdlet's impact says: without a wish of the user's nobody is asked.</summary>
    private protected Task<bool> ShouldGoOnAsync(string plan, bool isMild, CancellationToken cancellationToken)
    {
        var sentence = string.Concat(plan[..1].ToUpperInvariant(), plan.AsSpan(1));
        return OnPipelineAsync(() => IsAnswered(isMild) || ShouldProcess(sentence, sentence + "?", "Confirm"), cancellationToken);
    }

    // -Force answers the question; it does not override -WhatIf, nor a -Confirm on the same line.
    private bool IsAnswered(bool isMild) =>
        (AsksNothing || (isMild && GetVariableValue("ConfirmPreference")?.ToString() is not ("Low" or "Medium")))
        && !MyInvocation.BoundParameters.ContainsKey("Confirm")
        && !IsWhatIf;

    /// <summary>True where a plan is to be shown and nothing to be done. To be used on the pipeline thread.</summary>
    private protected bool IsWhatIf =>
        LanguagePrimitives.IsTrue(MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given) ? given : GetVariableValue("WhatIfPreference"));

    /// <summary>Handles one item; what is wrong with it becomes a non-terminating error.</summary>
    /// <param name="item">The item as the user named it: the target of an error that knows none.</param>
    /// <param name="handle">Handles it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    private protected async Task EachAsync(string item, Func<Task> handle, CancellationToken cancellationToken)
    {
        try
        {
            await handle().ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfTheItem(e, cancellationToken))
        {
            var record = ErrorRecords.From(e, item);
            await _items.DrainAsync(cancellationToken).ConfigureAwait(false);
            await OnPipelineAsync(() => Done(() => WriteError(record)), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Handles one item as <see cref="EachAsync"/> does, beside others: returns when it is under way. It may ask when all
    /// before it have asked, and tells its result, or its error, when all before it have told theirs.
    /// </summary>
    /// <param name="item">The item as the user named it.</param>
    /// <param name="gate">What bounds how many go at once.</param>
    /// <param name="handle">Handles it.</param>
    /// <param name="cancellationToken">Ends the wait for a lane, and the work.</param>
    private protected Task BesideAsync(string item, TransferGate gate, Func<ItemTurn, CancellationToken, Task> handle, CancellationToken cancellationToken) =>
        _items.StartAsync(
            gate,
            async (turn, token) =>
            {
                try
                {
                    await handle(turn, token).ConfigureAwait(false);
                }
                catch (Exception e) when (IsOfTheItem(e, token))
                {
                    var record = ErrorRecords.From(e, item);
                    await turn.ToTellAsync(token).ConfigureAwait(false);
                    await OnPipelineAsync(() => Done(() => WriteError(record)), token).ConfigureAwait(false);
                }
            },
            cancellationToken);

    private static bool IsOfTheItem(Exception error, CancellationToken cancellationToken) => error switch
    {
        DeltaGliderException known => !ErrorTable.EndsTheCall(known.Kind),
        _ => !cancellationToken.IsCancellationRequested,
    };

    private static bool Done(Action action)
    {
        action();
        return true;
    }

    private void WholeCall(Action work)
    {
        try
        {
            work();
        }
        catch (DeltaGliderException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, MyInvocation.MyCommand.Name));
        }
    }
}
