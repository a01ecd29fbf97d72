using System.Collections.Concurrent;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.UseCases.Folders;

/// <summary>
/// Lets the first file of each deltaspace go before the others, so that it is the one that becomes the reference, and not
/// whichever is quickest.
/// </summary>
internal sealed class FirstsAlone
{
    private readonly ConcurrentDictionary<DeltaSpace, Task> _firsts = new();

    /// <summary>
    /// To be called in the order of the files: gives the file's place, which is waited at before it is stored and left,
    /// whatever became of it, after.
    /// </summary>
    public Place Enter(S3Uri target)
    {
        var own = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _firsts.GetOrAdd(DeltaSpace.Of(target), own.Task);
        return ReferenceEquals(first, own.Task) ? new Place(Task.CompletedTask, own) : new Place(first, null);
    }

    /// <summary>A file's place.</summary>
    /// <param name="Before">What it waits for.</param>
    /// <param name="Own">What others wait for.</param>
    internal sealed record Place(Task Before, TaskCompletionSource? Own) : IDisposable
    {
        public void Dispose() => Own?.TrySetResult();
    }
}
