namespace DeltaGlider.Base;

/// <summary>
/// One item among several under way: it asks its question and tells its result in the order in which the items came.
/// </summary>
/// <param name="before">The item before it; null for the first.</param>
/// <param name="lane">Its lane.</param>
internal sealed class ItemTurn(ItemTurn? before, IDisposable lane) : IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ItemTurn? _before = before;

    /// <summary>Ends when this item and all before it have told what there is to tell.</summary>
    public Task Told => _told.Task;

    /// <summary>Waits until all items before it have asked.</summary>
    public Task ToAskAsync(CancellationToken cancellationToken) => (_before?._asked.Task ?? Task.CompletedTask).WaitAsync(cancellationToken);

    /// <summary>It has no question any more.</summary>
    public void HasAsked() => _asked.TrySetResult();

    /// <summary>
    /// Waits until all items before it have told. Its lane is free from here on: nothing is left but a word to say.
    /// </summary>
    public Task ToTellAsync(CancellationToken cancellationToken)
    {
        HasAsked();
        lane.Dispose();
        return (_before?.Told ?? Task.CompletedTask).WaitAsync(cancellationToken);
    }

    /// <summary>It is over. Those after it go on when those before it have told.</summary>
    public void Dispose()
    {
        HasAsked();
        lane.Dispose();
        var earlier = _before?.Told ?? Task.CompletedTask;
        _before = null;
        earlier.ContinueWith(_ => _told.TrySetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
